import { workspace } from "vscode";
import type { Disposable } from "vscode";

/** What saving itself did to a document, as a formatter does. */
export interface ChangeBySave {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Reports the documents that are changed while they are saved. Whether the editor formats before it announces a save or
 * after it depends on what was ready first when the window opened; what was done before is not seen here.
 */
export function followSaves(onChange: (change: ChangeBySave) => void): Disposable {
  /** Documents that are being saved, with their texts before it. */
  const saving = new Map<string, string>();
  const begun = workspace.onWillSaveTextDocument(({ document }) => {
    saving.set(document.uri.toString(), document.getText());
  });
  const ended = workspace.onDidSaveTextDocument((document) => {
    const uri = document.uri.toString();
    const before = saving.get(uri);
    const after = document.getText();
    saving.delete(uri);
    if (before !== undefined && before !== after) onChange({ uri, before, after });
  });
  return {
    dispose() {
      begun.dispose();
      ended.dispose();
    },
  };
}
