import { commands, l10n, Uri, workspace } from "vscode";
import type { Disposable } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { AppliedEdit, AppliedEdits, AppliedFile } from "../../core/edits/appliedEdits";
import { followSaves } from "./followSaves";
import type { ChangeBySave } from "./followSaves";
import { isThere } from "./newFile";
import { isKept, openOrNone } from "./openFiles";
import type { ProposalDocuments } from "./proposalDocuments";
import { restoreFiles } from "./restoreFiles";

/**
 * What to do about files that were changed after the edit: `ask` undoes nothing and names them, `others` undoes the other
 * files, `differences` shows them beside what they were before.
 */
export type ConflictChoice = "ask" | "others" | "differences";

/** Takes applied edits back, the newest first, also after saves and reloads. */
export interface UndoHistory extends Disposable {
  note(answerId: string, files: readonly AppliedFile[]): Promise<void>;
  /** Returns the answer whose edit was undone. */
  undoLast(choice: ConflictChoice): Promise<Result<string>>;
}

export interface UndoParts {
  readonly store: AppliedEdits;
  readonly clock: Pick<Clock, "now">;
  readonly newId: () => string;
}

export function createUndoHistory(
  { store, clock, newId }: UndoParts,
  documents: ProposalDocuments,
): UndoHistory {
  /** Edits that the store could not save, for as long as the window lives. */
  const unsaved: AppliedEdit[] = [];
  /** The ids of the edits that this window has applied. */
  const own = new Set<string>();
  /** Resolves when what saves have changed is noted. */
  let followed: Promise<void> = Promise.resolve();
  const saves = followSaves((change) => {
    followed = followed.then(() => followSave(change));
  });

  async function last(): Promise<AppliedEdit | undefined> {
    const kept = unsaved.at(-1);
    const found = await store.last(workspaceKey());
    const stored = found.ok ? found.value : undefined;
    if (kept === undefined || stored === undefined) return kept ?? stored;
    // The store may have worked again since.
    return stored.appliedAt > kept.appliedAt ? stored : kept;
  }

  async function forget(edit: AppliedEdit): Promise<void> {
    const at = unsaved.indexOf(edit);
    if (at >= 0) unsaved.splice(at, 1);
    else await store.remove(edit.id);
  }

  /** What a formatter makes of the newest edit while it is saved is not later work of the user. */
  async function followSave({ uri, before, after }: ChangeBySave): Promise<void> {
    const edit = await last();
    const file = edit?.files.find((each) => each.uri === uri && each.after === before);
    if (edit === undefined || file === undefined) return;
    const files = edit.files.map((each) => (each === file ? { ...each, after } : each));
    const saved = { ...edit, files };
    const at = unsaved.indexOf(edit);
    if (at >= 0) unsaved[at] = saved;
    else await store.add(saved);
  }

  return {
    dispose: () => saves.dispose(),
    async note(answerId, files) {
      const edit = {
        id: newId(),
        appliedAt: clock.now(),
        workspace: workspaceKey(),
        answerId,
        files,
      };
      own.add(edit.id);
      const stored = await store.add(edit);
      if (!stored.ok) unsaved.push(edit);
    },
    async undoLast(choice) {
      await followed;
      const edit = await last();
      if (edit === undefined) return fail({ kind: "nothingToUndo" });
      if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
      // What another window has not saved yet can only be undone there.
      if (!own.has(edit.id) && (await isAsBefore(edit.files)))
        return fail({ kind: "nothingToUndo" });
      const conflicts = await changedSince(edit.files);
      if (choice === "differences") {
        for (const file of conflicts) await showDifference(file, documents);
        return succeed(edit.answerId);
      }
      if (conflicts.length > 0 && choice === "ask")
        return fail({ kind: "undoConflict", paths: conflicts.map(({ path }) => path) });
      const lost = await restoreFiles(edit.files.filter((file) => !conflicts.includes(file)));
      if (lost.length > 0) return fail({ kind: "notRestored", paths: lost });
      await forget(edit);
      return succeed(edit.answerId);
    },
  };
}

function workspaceKey(): string {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()).join("\n");
}

/** Files that are neither as the edit left them nor as they were before it. */
async function changedSince(files: readonly AppliedFile[]): Promise<readonly AppliedFile[]> {
  const changed: AppliedFile[] = [];
  for (const file of files) {
    const now = await textNow(Uri.parse(file.uri));
    if (now !== file.after && now !== file.before) changed.push(file);
  }
  return changed;
}

async function isAsBefore(files: readonly AppliedFile[]): Promise<boolean> {
  for (const { uri, before } of files) if ((await textNow(Uri.parse(uri))) !== before) return false;
  return files.length > 0;
}

/** Null: there is no such file. */
async function textNow(uri: Uri): Promise<string | null> {
  const document = await openOrNone(uri);
  if (document !== undefined && (!isKept(uri) || document.isDirty || (await isThere(uri))))
    return document.getText();
  return (await isThere(uri)) ? "" : null;
}

async function showDifference(
  { uri, path, before }: AppliedFile,
  documents: ProposalDocuments,
): Promise<void> {
  const earlier = documents.put("undo", path, before ?? "");
  const title = l10n.t("{0}: before the edit, and now", path);
  await commands.executeCommand("vscode.diff", earlier, Uri.parse(uri), title, { preview: false });
}
