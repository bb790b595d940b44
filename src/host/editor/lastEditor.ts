import { window } from "vscode";
import type { Disposable, TextEditor } from "vscode";

/** The text editor that the user was in last, as long as it is in sight: a chat in a tab takes its focus. */
export interface LastEditor extends Disposable {
  current(): TextEditor | undefined;
}

export function createLastEditor(): LastEditor {
  let last = window.activeTextEditor;
  const following = window.onDidChangeActiveTextEditor((editor) => {
    last = editor ?? last;
  });
  return {
    current() {
      if (window.activeTextEditor !== undefined) return window.activeTextEditor;
      return last !== undefined && window.visibleTextEditors.includes(last) ? last : undefined;
    },
    dispose: () => following.dispose(),
  };
}
