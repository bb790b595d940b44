import { languages, window, workspace } from "vscode";
import type { Disposable, TextEditor, Uri } from "vscode";
import type { TextChange } from "../../core/context/shiftLines";
import { section } from "../settings";
import { notesPattern } from "./instructionsSource";

/** What happens in the editor as far as the board cares. */
export interface EditorFollower {
  /** The user went elsewhere, or what goes along by itself may be another. */
  moved(): void;
  /** A document was changed, in this order of places. */
  edited(uri: Uri, changes: readonly TextChange[]): void;
  /** Checkers have looked at documents. */
  checked(uris: readonly Uri[]): void;
  saved(): void;
}

/** Follows the editor; `isCurrent` tells whether the user is in that editor. */
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
