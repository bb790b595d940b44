import type { BlockReader, EditSink, LineVerdict, OpenEdit } from "./blockReader";
import type { PatchHunk, PatchLine } from "./edit";
import { type EditHint, resolvePath } from "./editPath";
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

  function finishHunk(): void {
    if (hunk?.lines.some(({ kind }) => kind !== "context")) file.hunks.push(closeHunk(hunk));
    else if (hunk?.lines.some(({ text }) => text.trim() !== "")) {
      sink.refuse({ kind: "no-change", message: 'A hunk of a diff has no line with "+" or "-".' });
    }
    hunk = undefined;
  }

  function finishFile(): void {
    finishHunk();
    emitFile(file, path, sink);
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
      return true;
    }
    if (line.startsWith("--- ")) {
      if (file.oldName !== undefined) finishFile();
      file.oldName = fileName(line.slice(4));
      return true;
    }
    if (file.oldName !== undefined && file.newName === undefined && line.startsWith("+++ ")) {
      file.newName = fileName(line.slice(4));
      file.isDiff = true;
      return true;
    }
    if (line.startsWith("rename from ")) file.oldName = line.slice(12);
    else if (line.startsWith("rename to ")) file.renameTo = line.slice(10);
    else if (line.startsWith("deleted file mode")) file.deleted = true;
    else return headerNoise.some((prefix) => line.startsWith(prefix));
    return true;
  }

  function readBetweenHunks(line: string): LineVerdict {
    const headless = file.oldName !== undefined && file.newName === undefined;
    if (!readHeader(line)) return "foreign";
    // `--- text` without `+++` below it was a rule or a list, not a diff.
    if (headless && file.newName === undefined && file.renameTo === undefined) return "foreign";
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
      const numbers = hunkNumbers(line);
      if (numbers !== undefined) {
        reclaimHeader();
        finishHunk();
        const { carriageReturns } = sink;
        hunk = { lines: [], ...numbers, pendingBlanks: 0, carriageReturns };
        return "taken";
      }
      if (hunk === undefined) return readBetweenHunks(line);
      const complete = hunk.oldLeft <= 0 && hunk.newLeft <= 0;
      if (complete && (line.startsWith("--- ") || startsFile(line))) {
        finishHunk();
        return readBetweenHunks(line);
      }
      return readHunkLine(hunk, line);
    },
    end(at) {
      const short = hunk !== undefined && (hunk.oldLeft > 0 || hunk.newLeft > 0);
      if (at === "answer" && short) {
        sink.refuse({ kind: "truncated", message: "The last hunk is shorter than it says." });
      }
      reclaimHeader();
      finishFile();
    },
  };
}

interface DiffFile {
  /** It has more than a line that could be a rule or a sentence (`--- text`, `Index: text`). */
  isDiff?: boolean;
  oldName?: string;
  newName?: string;
  renameTo?: string;
  deleted?: boolean;
  readonly hunks: PatchHunk[];
}

interface OpenHunk {
  readonly lines: PatchLine[];
  readonly oldStart?: number;
  readonly oldCount: number | undefined;
  /** Lines still to come by the numbers of the hunk's first line, which models often get wrong. */
  oldLeft: number;
  newLeft: number;
  readonly carriageReturns: boolean;
  /** Empty lines that may be context or the end of the diff. */
  pendingBlanks: number;
  noNewline?: { before: boolean; after: boolean };
}

const headerNoise = ["index ", "====", "old mode ", "new mode ", "new file mode ", "similarity "];

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

function fileName(text: string): string {
  const tab = text.indexOf("\t");
  return (tab < 0 ? text : text.slice(0, tab)).trim();
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
  const complete = hunk.oldLeft <= 0 && hunk.newLeft <= 0;
  if (complete && (!marked || (hunk.pendingBlanks > 0 && line.startsWith("- ")))) return "foreign";
  for (; hunk.pendingBlanks > 0; hunk.pendingBlanks--) push(hunk, { kind: "context", text: "" });
  push(hunk, patchLine(line));
  return "taken";
}

function push(hunk: OpenHunk, line: PatchLine): void {
  hunk.lines.push(line);
  if (line.kind !== "add") hunk.oldLeft--;
  if (line.kind !== "remove") hunk.newLeft--;
}

function closeHunk(hunk: OpenHunk): PatchHunk {
  const { lines, noNewline, oldStart, oldCount } = hunk;
  // Only a hunk that says to have no old lines (`@@ -4,0 +5 @@`) is placed by its number alone.
  const usesStart = oldCount === 0 || lines.some((line) => line.kind !== "add");
  return {
    lines,
    ...(oldStart !== undefined && usesStart && { oldStart }),
    ...(hunk.carriageReturns && { carriageReturns: true }),
    ...(noNewline && {
      finalNewline: { before: !noNewline.before, after: !noNewline.after },
    }),
  };
}

function emitFile(file: DiffFile, path: string | undefined, sink: EditSink): void {
  if (file.isDiff !== true && file.hunks.length === 0) return;
  const added = file.oldName === "/dev/null";
  const removed = file.newName === "/dev/null" || file.deleted === true;
  const names = [file.newName, file.oldName].filter((name) => name !== undefined);
  const real = names.filter((name) => name !== "/dev/null");
  if (real.length === 0 && path === undefined) {
    sink.refuse({ kind: "no-path", message: "A diff does not say which file it is for." });
    return;
  }
  const target = diffTarget(real, path, sink.hint, added || removed ? "any" : "existing");
  if (target === undefined) {
    const message = `"${real[0] ?? path}" is not a path in the workspace.`;
    sink.refuse({ kind: "bad-path", message });
  } else if (added) {
    sink.add({ kind: "create", path: target, content: addedText(file.hunks) });
  } else if (removed) {
    sink.add({ kind: "delete", path: target });
  } else {
    emitUpdate(target, file, sink);
  }
}

function emitUpdate(path: string, file: DiffFile, sink: EditSink): void {
  if (file.hunks.length > 0) sink.add({ kind: "patch", path, hunks: file.hunks });
  else if (file.renameTo === undefined) {
    sink.refuse({ kind: "no-change", path, message: `The diff of ${path} has no hunk.` });
  }
  if (file.renameTo === undefined) return;
  const to = resolvePath(file.renameTo, sink.hint, "any");
  if (to !== undefined) sink.add({ kind: "move", path, to });
  else {
    const message = `"${file.renameTo}" is not a path in the workspace.`;
    sink.refuse({ kind: "bad-path", message });
  }
}

/** The file a diff means. Its names may be mere labels (`--- before`): then the only file at hand is meant. */
function diffTarget(
  names: readonly string[],
  fallback: string | undefined,
  hint: EditHint,
  expected: "existing" | "any",
): string | undefined {
  const paths = names.map((name) => resolvePath(name, hint, expected));
  const known = paths.find((path) => path !== undefined && hint.knownPaths?.includes(path));
  if (known !== undefined) return known;
  const stripped = paths[0]?.replace(/^[ab]\//, "");
  const onlyFile = (hint.knownPaths?.length ?? 1) === 1 || stripped === undefined;
  if (expected === "existing" && onlyFile && fallback !== undefined) return fallback;
  return stripped;
}

function addedText(hunks: readonly PatchHunk[]): string {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === "add");
  const text = lines.map((line) => line.text).join("\n");
  const endsOpen = hunks.at(-1)?.finalNewline?.after === false;
  return text === "" || endsOpen ? text : `${text}\n`;
}
