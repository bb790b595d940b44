import { Range, Uri, workspace, WorkspaceEdit } from "vscode";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { AppliedFile } from "../../core/edits/appliedEdits";
import { withEndings } from "../../core/edits/documentLines";
import { hunksBetween } from "../../core/edits/hunks";
import type { FileOutcome } from "../../core/edits/reviewState";
import { refusePlace, refuseReadOnly } from "./filePlace";
import { isThere, placeNewFile } from "./newFile";
import { closeTabs, isAsOnDisk, openDocumentAt, openOrNone } from "./openFiles";
import type { ProposedFile } from "./proposal";
import { restoreFiles } from "./restoreFiles";

/** A proposed file with what the user decided about it. */
export interface AcceptedFile {
  readonly file: ProposedFile;
  readonly outcome: Exclude<FileOutcome, { readonly kind: "none" }>;
}

/**
 * Writes all files as one undoable step, or none: refuses if a document is no longer what was shown, and restores
 * everything if the editor applies only a part. Returns what is needed to undo it. Documents stay open and unsaved.
 */
export async function applyAccepted(
  accepted: readonly AcceptedFile[],
): Promise<Result<readonly AppliedFile[]>> {
  const [first] = accepted;
  if (first === undefined) return fail({ kind: "noEdit" });
  const snapshots: AppliedFile[] = [];
  for (const one of accepted) {
    const checked = await checkAsShown(one.file);
    if (!checked.ok) return checked;
    snapshots.push(...(await snapshotOf(one)));
  }
  // The first may have changed while the last was being checked.
  const stale = accepted.find(({ file }) => file.kind !== "create" && !isStillShown(file));
  if (stale !== undefined) return fail({ kind: "documentChanged", path: stale.file.path });
  const taken = await takeEdit(editOf(accepted));
  const failed = taken ? await firstNotDone(snapshots) : first.file.path;
  if (failed === undefined) {
    await closeTabs(snapshots.flatMap(({ uri, after }) => (after === null ? [uri] : [])));
    return succeed(await asApplied(snapshots));
  }
  const lost = await restoreFiles(snapshots);
  return fail(
    lost.length === 0
      ? { kind: "applyRefused", path: failed }
      : { kind: "notRestored", paths: lost },
  );
}

/** Right before anything is written: the document, its location and its permissions are unchanged. */
async function checkAsShown(file: ProposedFile): Promise<Result<void>> {
  const { uri, path } = file;
  if (file.kind === "create") return checkNewPlace(path, uri);
  if (file.kind === "move") {
    const target = await checkNewPlace(file.to.path, file.to.uri);
    if (!target.ok) return target;
  }
  const reason = await refusePlace(uri);
  if (reason !== undefined) return fail({ kind: "fileNotAllowed", path, reason });
  const readOnly = await refuseReadOnly(uri, path);
  if (readOnly !== undefined) return fail(readOnly);
  const document = await openOrNone(uri);
  if (document === undefined) return fail({ kind: "fileMissing", path });
  return (await isAsOnDisk(document)) && isStillShown(file)
    ? succeed(undefined)
    : fail({ kind: "documentChanged", path });
}

async function checkNewPlace(path: string, shown: Uri): Promise<Result<void>> {
  const place = await placeNewFile(path);
  if (!place.ok) return place;
  return place.value.toString() === shown.toString()
    ? succeed(undefined)
    : fail({ kind: "documentChanged", path });
}

/** Checks the open document synchronously, so that it cannot change meanwhile. */
function isStillShown(file: Exclude<ProposedFile, { readonly kind: "create" }>): boolean {
  const document = openDocumentAt(file.uri);
  return document?.version === file.version && document.getText() === file.before;
}

async function snapshotOf({ file, outcome }: AcceptedFile): Promise<readonly AppliedFile[]> {
  const { uri, path } = file;
  const before = file.kind === "create" ? null : file.before;
  const here = { uri: uri.toString(), path, before };
  switch (outcome.kind) {
    case "change":
    case "create":
      return [{ ...here, after: outcome.text }];
    case "delete":
      return [{ ...here, after: null, ...(await fileContents(uri)) }];
    case "move": {
      if (file.kind !== "move") return [];
      const there = { uri: file.to.uri.toString(), path: file.to.path };
      return [
        { ...here, after: null, ...(await fileContents(uri)) },
        { ...there, before: null, after: outcome.text },
      ];
    }
  }
}

async function fileContents(uri: Uri): Promise<Pick<AppliedFile, "kept">> {
  try {
    const bytes = Buffer.from(await workspace.fs.readFile(uri)).toString("base64");
    return { kept: { bytes, encoding: openDocumentAt(uri)?.encoding ?? "utf8" } };
  } catch {
    // Not saved yet: it exists only in the editor.
    return {};
  }
}

function editOf(accepted: readonly AcceptedFile[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { file, outcome } of accepted) {
    const { uri } = file;
    switch (outcome.kind) {
      case "change":
        replaceLines(edit, uri, uri, file.kind === "create" ? "" : file.before, outcome.text);
        break;
      case "create":
        edit.createFile(uri, { overwrite: false });
        edit.replace(uri, new Range(0, 0, 0, 0), outcome.text);
        break;
      case "delete":
        edit.deleteFile(uri, { recursive: false });
        break;
      case "move":
        if (file.kind !== "move") break;
        edit.renameFile(uri, file.to.uri, { overwrite: false });
        replaceLines(edit, file.to.uri, uri, file.before, outcome.text);
    }
  }
  return edit;
}

/** Only the lines that differ, so that cursors, folds and breakpoints elsewhere stay. */
function replaceLines(
  edit: WorkspaceEdit,
  target: Uri,
  source: Uri,
  before: string,
  after: string,
): void {
  const document = openDocumentAt(source);
  for (const hunk of hunksBetween(before, after)) {
    const range = new Range(hunk.before.start, 0, hunk.before.end, 0);
    // A line past the last one stands for the end of the document.
    edit.replace(target, document?.validateRange(range) ?? range, hunk.added.join(""));
  }
}

async function takeEdit(edit: WorkspaceEdit): Promise<boolean> {
  try {
    return await workspace.applyEdit(edit);
  } catch {
    return false;
  }
}

/** The first file that does not have the text that it should. */
async function firstNotDone(files: readonly AppliedFile[]): Promise<string | undefined> {
  for (const { uri, path, after } of files) {
    const place = Uri.parse(uri);
    if (after === null) {
      if (await isThere(place)) return path;
      continue;
    }
    const document = await openOrNone(place);
    if (document === undefined) return path;
    if (withEndings(document.getText(), "\n") !== withEndings(after, "\n")) return path;
  }
  return undefined;
}

/** The texts as the editor has them: a new file gets the line endings that are set for it. */
async function asApplied(files: readonly AppliedFile[]): Promise<readonly AppliedFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const document = file.after === null ? undefined : await openOrNone(Uri.parse(file.uri));
      return document === undefined ? file : { ...file, after: document.getText() };
    }),
  );
}
