import type { BlockReader, EditSink, LineVerdict, OpenEdit } from "./blockReader";
import { type DiffFile, emitDiffFile, fileName, gitName } from "./diffFile";
import type { PatchHunk, PatchLine } from "./edit";
import { patchLine } from "./v4aPatch";

/** Whether a line opens a unified diff. `--- name` does so only if the reader finds `+++ name` below it. */
export function opensUnifiedDiff(line: string): boolean {
  return (
    line.startsWith("--- ") ||
    line.startsWith("diff --git ") ||
    line.startsWith("Index: ") ||
    hunkNumbers(line) !== undefined
  );
}

/** Reads a unified diff from its first line on. `path` is the file meant where the diff has no header. */
export function createUnifiedReader(path: string | undefined, sink: EditSink): BlockReader {
  let file: DiffFile = { hunks: [] };
  let hunk: OpenHunk | undefined;
  let lineCount = 0;
  let countsHold = true;

  function finishHunk(): void {
    countsHold &&= hunk === undefined || (hunk.oldLeft === 0 && hunk.newLeft === 0);
    if (hunk?.lines.some(({ kind }) => kind !== "context")) file.hunks.push(closeHunk(hunk));
    else if (hunk?.lines.some(({ text }) => text.trim() !== "")) {
      sink.refuse({ kind: "no-change", message: 'A hunk of a diff has no line with "+" or "-".' });
    }
    hunk = undefined;
  }

  function finishFile(): void {
    finishHunk();
    emitDiffFile(file, path, sink);
    file = { hunks: [] };
  }

  /** Takes a file header back that was read as removed and added lines at the end of a hunk. */
  function reclaimHeader(): void {
    const added = hunk?.lines.at(-1);
    const removed = hunk?.lines.at(-2);
    if (added?.kind !== "add" || !added.text.startsWith("++ ")) return;
    if (removed?.kind !== "remove" || !removed.text.startsWith("-- ")) return;
    hunk?.lines.splice(-2);
    finishFile();
    file.oldName = fileName(removed.text.slice(3));
    file.newName = fileName(added.text.slice(3));
  }

  function readHeader(line: string): boolean {
    if (startsFile(line)) {
      finishFile();
      file.isDiff = line.startsWith("diff ");
      file.gitName = gitName(line);
      return true;
    }
    if (line.startsWith("--- ")) {
      const isNext = file.oldName !== undefined && file.renameTo === undefined;
      if (isNext || file.newName !== undefined) finishFile();
      file.oldName = fileName(line.slice(4));
      return true;
    }
    if (file.oldName !== undefined && file.newName === undefined && line.startsWith("+++ ")) {
      file.newName = fileName(line.slice(4));
      file.isDiff = true;
      return true;
    }
    if (line.startsWith("rename from ")) file.oldName = fileName(line.slice(12));
    else if (line.startsWith("rename to ")) file.renameTo = fileName(line.slice(10));
    else if (line.startsWith("deleted file mode")) file.deleted = true;
    else if (line.startsWith("new file mode")) file.created = true;
    else return headerNoise.some((prefix) => line.startsWith(prefix));
    return true;
  }

  /** `@@ def f():` begins a hunk in a diff, where no line of another hunk is due. */
  function mayBeNamed(): boolean {
    return hunk === undefined ? file.newName !== undefined : isComplete(hunk);
  }

  function readBetweenHunks(line: string): LineVerdict {
    const isDiff = file.isDiff === true || startsFile(line);
    const headless = !isDiff && file.oldName !== undefined && file.newName === undefined;
    if (!readHeader(line)) return "foreign";
    // `--- text` without `+++` below it was a rule or a list, not a diff.
    if (headless && file.newName === undefined) return "foreign";
    return "taken";
  }

  return {
    holdsFences: false,
    get open(): OpenEdit {
      const name = file.newName ?? file.oldName ?? path;
      return { format: "diff", lineCount, ...(name !== undefined && { path: name }) };
    },
    read(line) {
      lineCount++;
      const numbers = hunkNumbers(line) ?? (mayBeNamed() ? hunkName(line) : undefined);
      if (numbers !== undefined) {
        reclaimHeader();
        finishHunk();
        const { carriageReturns } = sink;
        hunk = { lines: [], ...numbers, pendingBlanks: 0, carriageReturns };
        return "taken";
      }
      if (hunk === undefined) return readBetweenHunks(line);
      if (isComplete(hunk) && (line.startsWith("--- ") || startsFile(line))) {
        finishHunk();
        return readBetweenHunks(line);
      }
      return readHunkLine(hunk, line);
    },
    end(at) {
      if (at === "answer" && countsHold && hunk !== undefined && isCutOff(hunk)) {
        sink.refuse({ kind: "truncated", message: "The last hunk is shorter than it says." });
      }
      reclaimHeader();
      finishFile();
    },
  };
}

interface OpenHunk {
  readonly lines: PatchLine[];
  readonly oldStart?: number;
  readonly headers?: readonly string[];
  readonly oldCount: number | undefined;
  /** Lines still to come by the numbers of the hunk's first line, which models often get wrong. */
  oldLeft: number;
  newLeft: number;
  readonly carriageReturns: boolean;
  /** Empty lines that may be context or the end of the diff. */
  pendingBlanks: number;
  noNewline?: { before: boolean; after: boolean };
}

const headerNoise = ["index ", "====", "old mode ", "new mode ", "similarity "];

function startsFile(line: string): boolean {
  return line.startsWith("diff --git ") || line.startsWith("Index: ");
}

/** The numbers of `@@ -1,3 +1,4 @@`; without a start for `@@ … @@`, which some models write. */
function hunkNumbers(line: string) {
  if (!line.startsWith("@@")) return undefined;
  const match = /^@@+ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (match !== null) {
    const oldCount = Number(match[2] ?? 1);
    const newLeft = Number(match[3] ?? 1);
    return { oldStart: Number(match[1]), oldCount, oldLeft: oldCount, newLeft };
  }
  const bare = line.slice(2).replaceAll("@", "").trim();
  return bare === "" || bare === "..." || bare === "…"
    ? { oldCount: undefined, oldLeft: 0, newLeft: 0 }
    : undefined;
}

/** The name in `@@ def f():` or `@@ def f(): @@`, as some models write in place of numbers. */
function hunkName(line: string) {
  if (!line.startsWith("@@ ")) return undefined;
  const name = line.slice(3).replace(/ ?@@$/, "").trim();
  return name === "" ? undefined : { headers: [name], oldCount: undefined, oldLeft: 0, newLeft: 0 };
}

function isComplete({ oldLeft, newLeft }: OpenHunk): boolean {
  return oldLeft <= 0 && newLeft <= 0;
}

function readHunkLine(hunk: OpenHunk, line: string): LineVerdict {
  if (line === "") {
    hunk.pendingBlanks++;
    return "taken";
  }
  if (line.startsWith("\\")) {
    const last = hunk.lines.at(-1)?.kind;
    hunk.noNewline ??= { before: false, after: false };
    if (last !== "add") hunk.noNewline.before = true;
    if (last !== "remove") hunk.noNewline.after = true;
    return "taken";
  }
  const marked = line.startsWith(" ") || line.startsWith("+") || line.startsWith("-");
  if (isComplete(hunk) && (!marked || isAfterDiff(line, hunk))) return "foreign";
  for (; hunk.pendingBlanks > 0; hunk.pendingBlanks--) push(hunk, { kind: "context", text: "" });
  push(hunk, patchLine(line));
  return "taken";
}

/** A list in prose below a diff, or the line above git's version at the end of a mailed patch. */
function isAfterDiff(line: string, hunk: OpenHunk): boolean {
  return (hunk.pendingBlanks > 0 && line.startsWith("- ")) || line === "-- " || line === "--";
}

/**
 * Whether a hunk at the end of an answer must have more lines by its numbers. Numbers that are wrong already
 * say nothing, and a few last lines of context may just have been left out.
 */
function isCutOff({ oldLeft, newLeft }: OpenHunk): boolean {
  if (oldLeft < 0 || newLeft < 0) return false;
  return oldLeft !== newLeft || oldLeft > usualContext;
}

const usualContext = 3;

function push(hunk: OpenHunk, line: PatchLine): void {
  hunk.lines.push(line);
  if (line.kind !== "add") hunk.oldLeft--;
  if (line.kind !== "remove") hunk.newLeft--;
}

function closeHunk(hunk: OpenHunk): PatchHunk {
  const { lines, noNewline, oldStart, oldCount, headers } = hunk;
  // Only a hunk that says to have no old lines (`@@ -4,0 +5 @@`) is placed by its number alone.
  const usesStart = oldCount === 0 || lines.some((line) => line.kind !== "add");
  return {
    lines,
    ...(oldStart !== undefined && usesStart && { oldStart }),
    ...(headers && { headers }),
    ...(hunk.carriageReturns && { carriageReturns: true }),
    ...(noNewline && {
      finalNewline: { before: !noNewline.before, after: !noNewline.after },
    }),
  };
}
