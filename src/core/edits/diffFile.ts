import { badPath } from "./answerProblems";
import type { EditSink } from "./blockReader";
import type { PatchHunk } from "./edit";
import { type EditHint, resolvePath } from "./editPath";

/** What a unified diff says of one file. */
export interface DiffFile {
  /** It has more than a line that could be a rule or a sentence (`--- text`, `Index: text`). */
  isDiff?: boolean;
  oldName?: string;
  newName?: string;
  /** The name in `diff --git a/name b/name`, for a file that no other line names. */
  gitName?: string | undefined;
  renameTo?: string;
  created?: boolean;
  deleted?: boolean;
  readonly hunks: PatchHunk[];
}

/** The name in `diff --git a/name b/name`, where it is twice the same: a rename has lines of its own. */
export function gitName(line: string): string | undefined {
  return /^diff --git a\/(.{1,400}) b\/\1$/.exec(line)?.[1];
}

/** The name on a line of a diff's header, without the time behind it. */
export function fileName(text: string): string {
  const tab = text.indexOf("\t");
  const name =
    tab < 0 ? text.replace(/\s+\d{4}-\d\d-\d\d[ T]\d\d:.{0,60}$/, "") : text.slice(0, tab);
  return unquoted(name.trim());
}

/** git writes `"f\303\251.txt"` for a name with other letters than English ones. */
function unquoted(name: string): string {
  if (name.length < 2 || !name.startsWith('"') || !name.endsWith('"')) return name;
  const plain = name.slice(1, -1);
  const bytes = plain
    .replaceAll("%", "%25")
    .replace(
      /\\([0-3][0-7]{2})/g,
      (_, octal: string) => `%${Number.parseInt(octal, 8).toString(16).padStart(2, "0")}`,
    );
  try {
    return decodeURIComponent(bytes).replace(/\\(["\\])/g, "$1");
  } catch {
    return plain;
  }
}

/** Turns what a diff says of a file into edits. `path` is the file meant where the diff names none. */
export function emitDiffFile(file: DiffFile, path: string | undefined, sink: EditSink): void {
  if (file.isDiff !== true && file.hunks.length === 0) return;
  const added = file.oldName === "/dev/null" || file.created === true;
  const removed = file.newName === "/dev/null" || file.deleted === true;
  const names = [file.newName, file.oldName, file.gitName].filter((name) => name !== undefined);
  const real = names.filter((name) => name !== "/dev/null");
  if (real.length === 0 && path === undefined) {
    sink.refuse({ kind: "no-path", message: "A diff does not say which file it is for." });
    return;
  }
  const label = mayBeLabels(real, file.hunks) ? path : undefined;
  const target = diffTarget(real, label, sink.hint, added || removed ? "any" : "existing");
  if (target === undefined) {
    sink.refuse(badPath(real[0] ?? path ?? ""));
  } else if (added) {
    sink.add({ kind: "create", path: target, content: addedText(file.hunks) });
  } else if (removed) {
    sink.add({
      kind: "delete",
      path: target,
      ...(file.hunks.length > 0 && { lines: removedLines(file.hunks) }),
    });
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
  else sink.refuse(badPath(file.renameTo));
}

/** Whether a diff's names may be mere labels (`--- before`): its old lines then show which file is meant. */
function mayBeLabels(names: readonly string[], hunks: readonly PatchHunk[]): boolean {
  const hasOldLines = hunks.some(({ lines }) => lines.some(({ kind }) => kind !== "add"));
  return hasOldLines || names.every((name) => !name.includes("."));
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

function removedLines(hunks: readonly PatchHunk[]): string[] {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind !== "add");
  return lines.map((line) => line.text);
}

function addedText(hunks: readonly PatchHunk[]): string {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === "add");
  const text = lines.map((line) => line.text).join("\n");
  const endsOpen = hunks.at(-1)?.finalNewline?.after === false;
  return text === "" || endsOpen ? text : `${text}\n`;
}
