import { badPath } from "./answerProblems";
import type { BlockReader, EditSink, LineVerdict, OpenEdit } from "./blockReader";
import type { PatchHunk, PatchLine } from "./edit";
import { resolvePath } from "./editPath";

/** Whether a line opens a V4A patch: `*** Begin Patch`, or a file section without it. */
export function opensV4aPatch(line: string): boolean {
  const marker = v4aMarker(line);
  return marker !== undefined && opening.has(marker.name);
}

/** Whether a line is a V4A marker that makes no sense outside of a patch. */
export function isStrayV4aMarker(line: string): boolean {
  const marker = v4aMarker(line);
  return marker !== undefined && marker.name !== "unknown";
}

/** Reads a V4A patch from its first line on. */
export function createV4aReader(sink: EditSink): BlockReader {
  let section: Section | undefined;
  let lineCount = 0;

  function finishSection(): void {
    if (section !== undefined) emitSection(section, sink);
    section = undefined;
  }

  function startSection(name: "add" | "update" | "delete", rawPath: string): void {
    finishSection();
    const path = resolvePath(rawPath, sink.hint, name === "update" ? "existing" : "any");
    if (path === undefined) {
      sink.refuse(badPath(rawPath));
    }
    section = { name, path: path ?? rawPath, content: [], hunks: [], hunk: undefined };
  }

  function readMarker(marker: Marker, line: string): LineVerdict {
    switch (marker.name) {
      case "begin":
        finishSection();
        return "taken";
      case "end":
        finishSection();
        return "last";
      case "add":
      case "update":
      case "delete":
        startSection(marker.name, marker.argument);
        return "taken";
      case "move":
        if (section?.name === "update") section.moveTo = marker.argument;
        else sink.refuse(malformed(`"${line.trim()}" does not follow "*** Update File:".`));
        return "taken";
      case "end-of-file":
        if (section?.hunk !== undefined) section.hunk.atEnd = true;
        return "taken";
      case "unknown":
        sink.refuse(malformed(`"${line.trim()}" is not a patch marker.`, section?.path));
        return "taken";
    }
  }

  return {
    holdsFences: false,
    get open(): OpenEdit {
      return { format: "patch", lineCount, ...(section && { path: section.path }) };
    },
    read(line) {
      lineCount++;
      const marker = v4aMarker(line);
      if (marker !== undefined) return readMarker(marker, line);
      if (section !== undefined) readSectionLine(section, line, sink);
      else if (line.trim() !== "") sink.refuse(malformed(`"${line}" stands outside of a file.`));
      return "taken";
    },
    end(at) {
      if (at === "answer") {
        sink.refuse({
          kind: "truncated",
          message: 'The patch has no "*** End Patch": the answer was cut off.',
          ...(section && { path: section.path }),
        });
      }
      finishSection();
    },
  };
}

interface Section {
  readonly name: "add" | "update" | "delete";
  readonly path: string;
  readonly content: string[];
  readonly hunks: PatchHunk[];
  hunk: OpenHunk | undefined;
  moveTo?: string;
}

interface OpenHunk {
  readonly headers: string[];
  readonly lines: PatchLine[];
  oldStart?: number;
  atEnd?: boolean;
}

interface Marker {
  readonly name: "begin" | "end" | "add" | "update" | "delete" | "move" | "end-of-file" | "unknown";
  readonly argument: string;
}

const markerNames: Readonly<Record<string, Marker["name"]>> = {
  "begin patch": "begin",
  "end patch": "end",
  "end of file": "end-of-file",
  "add file": "add",
  "create file": "add",
  "new file": "add",
  "update file": "update",
  "modify file": "update",
  "edit file": "update",
  "delete file": "delete",
  "remove file": "delete",
  "move to": "move",
  "move file to": "move",
  "rename to": "move",
};
const opening: ReadonlySet<Marker["name"]> = new Set(["begin", "add", "update", "delete"]);

function v4aMarker(line: string): Marker | undefined {
  const first = line.charCodeAt(0);
  if (first !== asterisk && first !== space && first !== tab) return undefined;
  let text = line.trim();
  if (!text.startsWith("***")) return undefined;
  text = text.slice(3).trim();
  if (text.endsWith("***")) text = text.slice(0, -3).trimEnd();
  const colon = text.indexOf(":");
  // A patch within a call, a string or an element may end in its marks: `*** End Patch""")`, `*** End Patch</input>`.
  const words =
    colon < 0 ? text.replace(/["'`)]{1,6};?$|<\/[^{}]{1,80}>$/, "") : text.slice(0, colon);
  const name = words.trim().toLowerCase();
  const known = Object.hasOwn(markerNames, name) ? markerNames[name] : undefined;
  // An indented line of asterisks that is not a marker is a file's own text, as context.
  if (known === undefined && first !== asterisk) return undefined;
  return {
    name: known ?? "unknown",
    argument: colon < 0 ? "" : unquote(text.slice(colon + 1).trim()),
  };
}

const asterisk = 42;
const space = 32;
const tab = 9;

function unquote(text: string): string {
  const quote = text[0];
  const quoted = quote === '"' || quote === "'" || quote === "`";
  return quoted && text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text;
}

function readSectionLine(section: Section, line: string, sink: EditSink): void {
  switch (section.name) {
    case "add":
      if (line.startsWith("+")) section.content.push(line.slice(1));
      else if (line.trim() === "") section.content.push("");
      else
        sink.refuse(malformed(`A line of a new file must start with "+": ${line}`, section.path));
      return;
    case "delete":
      if (line.trim() === "") return;
      sink.refuse(malformed(`"${line}" follows a file that is to be deleted.`, section.path));
      return;
    case "update":
      if (line.startsWith("@@")) startHunk(section, line, sink);
      else if (line === noNewline) return;
      else (section.hunk ??= { headers: [], lines: [] }).lines.push(patchLine(line));
  }
}

function startHunk(section: Section, line: string, sink: EditSink): void {
  let header = line.slice(2).trim();
  const numbers = /^-(\d{1,9})(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})?(?: @@.{0,500})?$/.exec(header);
  if (header.endsWith("@@")) header = header.slice(0, -2).trim();
  const named = header !== "" && header !== "..." && numbers === null;
  // Headers on lines of their own stack up: class, then method.
  const stacked = section.hunk?.lines.length === 0 ? section.hunk.headers : [];
  if (stacked.length === 0) finishHunk(section, sink);
  section.hunk = {
    headers: named ? [...stacked, header] : stacked,
    lines: [],
    ...(numbers && { oldStart: Number(numbers[1]) }),
  };
}

const noNewline = "\\ No newline at end of file";

/** Reads one line of a hunk. A line without a marker is context whose blank was left out. */
export function patchLine(line: string): PatchLine {
  switch (line[0]) {
    case "+":
      return { kind: "add", text: line.slice(1) };
    case "-":
      return { kind: "remove", text: line.slice(1) };
    case " ":
      return { kind: "context", text: line.slice(1) };
    default:
      return { kind: "context", text: line };
  }
}

function finishHunk(section: Section, sink: EditSink): void {
  const hunk = section.hunk;
  section.hunk = undefined;
  if (hunk === undefined) return;
  if (hunk.lines.some((line) => line.kind !== "context")) {
    const { lines, headers, oldStart, atEnd } = hunk;
    // A line number without any line to check it by does not locate anything.
    const hasOldLine = lines.some((line) => line.kind !== "add");
    section.hunks.push({
      lines,
      ...(headers.length > 0 && { headers }),
      ...(oldStart !== undefined && hasOldLine && { oldStart }),
      ...(atEnd === true && { atEnd }),
    });
  } else if (section.moveTo !== undefined) return;
  else if (hunk.headers.length > 0 || hunk.lines.some((line) => line.text.trim() !== "")) {
    const name = hunk.headers.at(-1) ?? hunk.lines[0]?.text ?? "";
    sink.refuse({
      kind: "no-change",
      path: section.path,
      message: `The hunk at "${name.trim()}" has no line with "+" or "-".`,
    });
  }
}

function emitSection(section: Section, sink: EditSink): void {
  const { path, content } = section;
  switch (section.name) {
    case "add": {
      while (content.at(-1) === "") content.pop();
      const text = content.map((line) => `${line}\n`).join("");
      const exists = sink.hint.knownPaths?.includes(path) ?? false;
      sink.add({ kind: exists ? "write" : "create", path, content: text });
      return;
    }
    case "delete":
      sink.add({ kind: "delete", path });
      return;
    case "update":
      finishHunk(section, sink);
      if (section.hunks.length > 0) sink.add({ kind: "patch", path, hunks: section.hunks });
      else if (section.moveTo === undefined) {
        sink.refuse(malformed(`The update of ${path} has no hunk.`, path));
      }
      if (section.moveTo !== undefined) emitMove(path, section.moveTo, sink);
  }
}

function emitMove(path: string, rawTarget: string, sink: EditSink): void {
  const to = resolvePath(rawTarget, sink.hint, "any");
  if (to === undefined) {
    sink.refuse(badPath(rawTarget));
  } else sink.add({ kind: "move", path, to });
}

function malformed(message: string, path?: string) {
  return { kind: "malformed" as const, message, ...(path !== undefined && { path }) };
}
