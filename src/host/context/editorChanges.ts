import { languages, window, workspace } from "vscode";
import type { Disposable, TextEditor, Uri } from "vscode";
import type { TextChange } from "../../core/context/shiftLines";
import { section } from "../settings";
import { notesPattern } from "./instructionsSource";

/** The events of the editor that the board needs. */
export interface EditorFollower {
  /** The user went elsewhere, or what is sent automatically may have changed. */
  moved(): void;
  /** A document was changed; the changes are in the order in which they apply. */
  edited(uri: Uri, changes: readonly TextChange[]): void;
  /** The problems of documents were updated. */
  checked(uris: readonly Uri[]): void;
  saved(): void;
}

/** Follows the editor; `isCurrent` says whether the user is in the given editor. */
export function followEditor(
  follower: EditorFollower,
  isCurrent: (editor: TextEditor) => boolean,
): Disposable {
  const moved = () => follower.moved();
  const notes = workspace.createFileSystemWatcher(notesPattern);
  const registrations: readonly Disposable[] = [
    window.onDidChangeActiveTextEditor(moved),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (isCurrent(textEditor)) follower.moved();
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const changes = contentChanges.map(({ range: { start, end }, text }) => ({
        start,
        end,
        newLines: text.split("\n").length - 1,
      }));
      follower.edited(document.uri, changes);
    }),
    workspace.onDidSaveTextDocument(() => follower.saved()),
    languages.onDidChangeDiagnostics(({ uris }) => follower.checked(uris)),
    workspace.onDidGrantWorkspaceTrust(moved),
    workspace.onDidChangeWorkspaceFolders(moved),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.customInstructions`)) follower.moved();
    }),
    notes,
    notes.onDidCreate(moved),
    notes.onDidChange(moved),
    notes.onDidDelete(moved),
  ];
  return {
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}
