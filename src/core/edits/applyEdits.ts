import { applyReplacement } from "./applyReplacement";
import { applyHunks, type Changed, omissionIn, withNewText } from "./applyHunks";
import { type DocumentLines, formatDocument, parseDocument } from "./documentLines";
import type { Edit, EditProblem } from "./edit";
import { normalizePath } from "./editPath";
import { haveRivals } from "./rivalEdits";

/**
 * Applies edits in their order, all or none: with any problem the returned map is empty. It holds only the
 * documents that changed; `null` marks a deleted one.
 */
export function applyEdits(
  edits: readonly Edit[],
  documents: ReadonlyMap<string, string>,
): { documents: Map<string, string | null>; problems: EditProblem[] } {
  const workspace = openWorkspace(documents);
  const problems = edits.flatMap((edit) => applyEdit(edit, workspace));
  if (problems.length === 0) problems.push(...rivalProblems(edits, documents));
  const changes = workspace.changes();
  const [first] = edits;
  if (problems.length === 0 && changes.size === 0 && first !== undefined) {
    problems.push(problem("no-change", first.path, "The edits together change nothing."));
  }
  return problems.length > 0
    ? { documents: new Map(), problems }
    : { documents: changes, problems };
}

function rivalProblems(
  edits: readonly Edit[],
  documents: ReadonlyMap<string, string>,
): EditProblem[] {
  const byPath = Map.groupBy(edits.filter(isTextEdit), ({ path }) => path);
  return [...byPath].flatMap(([path, several]) => {
    const text = documents.get(path);
    if (text === undefined || several.length < 2) return [];
    const apply = several.map((edit) => (document: DocumentLines) => applyText(document, edit));
    if (!haveRivals(parseDocument(text), apply)) return [];
    const message = `Two edits of ${path} are for the same place, and both were written for the file as it is: keep one.`;
    return [problem("overlap", path, message)];
  });
}

type TextEdit = Extract<Edit, { readonly kind: "patch" | "replace" }>;

function isTextEdit(edit: Edit): edit is TextEdit {
  return edit.kind === "patch" || edit.kind === "replace";
}

function applyText(document: DocumentLines, edit: TextEdit): Changed {
  return edit.kind === "patch"
    ? applyHunks(document, edit.path, edit.hunks)
    : applyReplacement(document, edit);
}

function applyEdit(edit: Edit, workspace: Workspace): readonly EditProblem[] {
  const { path } = edit;
  const document = workspace.read(path);
  switch (edit.kind) {
    case "create":
      if (document !== undefined && document.texts.length > 0) {
        return [problem("file-exists", path, `${path} exists already.`)];
      }
      return createFile(path, edit.content, workspace);
    case "write":
      if (document === undefined) return createFile(path, edit.content, workspace);
      return keep(path, withNewText(document, path, edit.content), workspace);
    case "replace":
      if (document === undefined && edit.search === "") {
        return createFile(path, edit.replacement, workspace);
      }
      if (document === undefined) return [missing(path)];
      return keep(path, applyText(document, edit), workspace);
    case "patch":
      if (document === undefined) return [missing(path)];
      return keep(path, applyText(document, edit), workspace);
    case "delete":
      if (document === undefined) return [missing(path)];
      if (!consistsOf(document, edit.lines)) {
        const message = `${path} has other lines than those the diff takes away: it is not deleted.`;
        return [problem("not-found", path, message)];
      }
      workspace.write(path, undefined);
      return [];
    case "move":
      if (document === undefined) return [missing(path)];
      return moveFile(path, edit.to, document, workspace);
  }
}

interface Workspace {
  read(path: string): DocumentLines | undefined;
  write(path: string, document: DocumentLines | undefined): void;
  has(path: string): boolean;
  /** Whether a document lies in it, as in a folder. */
  isFolder(path: string): boolean;
  changes(): Map<string, string | null>;
}

function openWorkspace(documents: ReadonlyMap<string, string>): Workspace {
  const opened = new Map<string, DocumentLines | undefined>();
  return {
    read(path) {
      const text = documents.get(path);
      if (!opened.has(path) && text !== undefined) opened.set(path, parseDocument(text));
      return opened.get(path);
    },
    write(path, document) {
      opened.set(path, document);
    },
    has: (path) => documents.has(path) || opened.has(path),
    isFolder: (path) => [...documents.keys()].some((other) => other.startsWith(`${path}/`)),
    changes() {
      const changed = new Map<string, string | null>();
      for (const [path, document] of opened) {
        const text = document === undefined ? undefined : formatDocument(document);
        if (text !== documents.get(path)) changed.set(path, text ?? null);
      }
      return changed;
    },
  };
}

function keep(path: string, result: Changed, workspace: Workspace): readonly EditProblem[] {
  if ("problems" in result) return result.problems;
  workspace.write(path, result.document);
  return [];
}

function createFile(path: string, content: string, workspace: Workspace): readonly EditProblem[] {
  if (!isTarget(path, workspace)) return [badPath(path)];
  const document = parseDocument(content);
  const omission = omissionIn([document.texts], [], path);
  if (omission !== undefined) return [omission];
  workspace.write(path, document);
  return [];
}

function moveFile(
  path: string,
  to: string,
  document: DocumentLines,
  workspace: Workspace,
): readonly EditProblem[] {
  if (!isTarget(to, workspace)) return [badPath(to)];
  if (path === to) return [problem("no-change", path, `${path} is moved to itself.`)];
  workspace.write(path, undefined);
  workspace.write(to, document);
  return [];
}

/** Whether a file may be written there: one that was handed in, or any within the workspace. */
function isTarget(path: string, workspace: Workspace): boolean {
  return workspace.has(path) || (normalizePath(path) === path && !workspace.isFolder(path));
}

/** Whether a file has these lines and no others, but for trailing blanks. Nothing said: yes. */
function consistsOf({ texts }: DocumentLines, lines: readonly string[] = texts): boolean {
  return (
    lines.length === texts.length &&
    lines.every((line, i) => line.trimEnd() === texts[i]?.trimEnd())
  );
}

function missing(path: string): EditProblem {
  return problem("missing-file", path, `There is no file ${path}.`);
}

function badPath(path: string): EditProblem {
  return problem("bad-path", path, `"${path}" is not a path in the workspace.`);
}

function problem(kind: EditProblem["kind"], path: string, message: string): EditProblem {
  return { kind, path, message };
}
