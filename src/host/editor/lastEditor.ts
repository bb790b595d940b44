import { window } from "vscode";
import type { Disposable, TextEditor } from "vscode";
import { isMadeUp } from "./proposalDocuments";

/**
 * The text editor that last had the focus, as long as it is visible: a chat in a tab takes the focus from it. The views of
 * a review do not count.
 */
export interface LastEditor extends Disposable {
  current(): TextEditor | undefined;
}

export function createLastEditor(): LastEditor {
  let last = ownEditor();
  const following = window.onDidChangeActiveTextEditor(() => {
    last = ownEditor() ?? last;
  });
  return {
    current() {
      const active = ownEditor();
      if (active !== undefined) return active;
      return last !== undefined && window.visibleTextEditors.includes(last) ? last : undefined;
    },
    dispose: () => following.dispose(),
  };
}

function ownEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor === undefined || isMadeUp(editor.document.uri) ? undefined : editor;
}
