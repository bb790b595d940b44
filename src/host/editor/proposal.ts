import { Range, Uri, workspace, WorkspaceEdit } from "vscode";
import type { TextDocument } from "vscode";
import { realpath, stat } from "node:fs/promises";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Failure, PathRefusal, Result } from "../../core/dispatch/failure";
import { applyEdits } from "../../core/edits/applyEdits";
import { hunksBetween } from "../../core/edits/hunks";
import { parseEdits } from "../../core/edits/parseEdits";
import { refusePath, refuseSensitive } from "../../core/edits/pathGate";

/** One file of a proposal, bound to the version of the document that it was made from. */
export interface ProposedFile {
  readonly uri: Uri;
  readonly path: string;
  readonly version: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Works out what an answer would change, against the documents as they are now. Only files that the user
 * offered with the question may change.
 */
export async function proposeFrom(
  answer: AnswerTurn,
  offered: readonly CodeExcerpt[],
): Promise<Result<readonly ProposedFile[]>> {
  if (answer.status.kind !== "complete" || answer.status.finishReason === "length")
    return fail({ kind: "answerIncomplete" });
  const [onlyPath, ...others] = new Set(offered.map((excerpt) => excerpt.path));
  return proposeText(answer.text, offered, others.length === 0 ? onlyPath : undefined);
}

/** The same for a part of an answer; `defaultPath` is the file meant where it names none. */
export async function proposeText(
  text: string,
  offered: readonly CodeExcerpt[],
  defaultPath: string | undefined,
): Promise<Result<readonly ProposedFile[]>> {
  const paths = offered.map((excerpt) => excerpt.path);
  const { edits, problems } = parseEdits(text, {
    knownPaths: paths,
    ...(defaultPath !== undefined && { defaultPath }),
  });
  if (problems.some((problem) => problem.kind === "no-edits")) return fail({ kind: "noEdit" });
  if (problems.length > 0) return fail({ kind: "editNotApplicable", problems });
  const named = new Set(edits.map(({ path }) => path));
  for (const path of named) {
    const reason = refusePath(path, paths);
    if (reason !== undefined) return fail({ kind: "fileNotAllowed", path, reason });
  }

  const documents = await openDocuments(offered.filter(({ path }) => named.has(path)));
  if (!documents.ok) return documents;
  for (const [path, { uri }] of documents.value) {
    const reason = await refusePlace(uri);
    if (reason !== undefined) return fail({ kind: "fileNotAllowed", path, reason });
  }
  const texts = new Map([...documents.value].map(([path, document]) => [path, document.getText()]));
  const applied = applyEdits(edits, texts);
  if (applied.problems.length > 0)
    return fail({ kind: "editNotApplicable", problems: applied.problems });
  return collectFiles(applied.documents, documents.value);
}

/** Files are only changed here: a new, moved or deleted one was not offered. */
function collectFiles(
  results: ReadonlyMap<string, string | null>,
  documents: ReadonlyMap<string, TextDocument>,
): Result<readonly ProposedFile[]> {
  const files: ProposedFile[] = [];
  for (const [path, after] of results) {
    const document = documents.get(path);
    if (document === undefined || after === null)
      return fail({ kind: "fileNotAllowed", path, reason: "notOffered" });
    const { uri, version } = document;
    files.push({ uri, path, version, before: document.getText(), after });
  }
  return files.length === 0 ? fail({ kind: "noEdit" }) : succeed(files);
}

/**
 * Where a file really lies: the offered path may be only a name, its folder the workspace itself, and any
 * part of it a link. The editor's own settings have a scheme of their own.
 */
export async function refusePlace(uri: Uri): Promise<PathRefusal | undefined> {
  if (uri.scheme === "vscode-userdata") return "editorConfiguration";
  const refused = refuseSensitive(uri.path);
  if (refused !== undefined || uri.scheme !== "file") return refused;
  try {
    return refuseSensitive(await realpath(uri.fsPath));
  } catch {
    // Not there: opening or writing it tells that in its own words.
    return undefined;
  }
}

async function openDocuments(
  offered: readonly CodeExcerpt[],
): Promise<Result<ReadonlyMap<string, TextDocument>>> {
  const documents = new Map<string, TextDocument>();
  for (const { path, uri } of offered) {
    try {
      documents.set(path, await workspace.openTextDocument(Uri.parse(uri)));
    } catch {
      return fail({ kind: "fileMissing", path });
    }
  }
  return succeed(documents);
}

/**
 * Writes all files into their documents as one undoable step, or none. Refuses when a document is no longer
 * what was shown. Documents stay open and unsaved: saving is the user's act.
 */
export async function applyProposal(files: readonly ProposedFile[]): Promise<Result<void>> {
  const edit = new WorkspaceEdit();
  for (const file of files) {
    const document = await openAsShown(file);
    if (!document.ok) return document;
    for (const { before, added } of hunksBetween(file.before, file.after)) {
      // A line past the last one stands for the end of the document.
      const range = document.value.validateRange(new Range(before.start, 0, before.end, 0));
      edit.replace(file.uri, range, added.join(""));
    }
  }
  const [first] = files;
  if (first === undefined) return fail({ kind: "noEdit" });
  const applied = await workspace.applyEdit(edit);
  return applied ? succeed(undefined) : fail({ kind: "applyRefused", path: first.path });
}

async function openAsShown(file: ProposedFile): Promise<Result<TextDocument>> {
  const readOnly = await refuseReadOnly(file.uri, file.path);
  if (readOnly !== undefined) return fail(readOnly);
  try {
    const document = await workspace.openTextDocument(file.uri);
    const asShown = document.version === file.version && document.getText() === file.before;
    return asShown ? succeed(document) : fail({ kind: "documentChanged", path: file.path });
  } catch {
    return fail({ kind: "fileMissing", path: file.path });
  }
}

/** A file whose permissions allow nobody to write, or on a file system that does not. */
export async function refuseReadOnly(uri: Uri, path: string): Promise<Failure | undefined> {
  if (workspace.fs.isWritableFileSystem(uri.scheme) === false) return { kind: "readOnly", path };
  if (uri.scheme !== "file") return undefined;
  try {
    const { mode } = await stat(uri.fsPath);
    return (mode & 0o222) === 0 ? { kind: "readOnly", path } : undefined;
  } catch {
    return { kind: "fileMissing", path };
  }
}
