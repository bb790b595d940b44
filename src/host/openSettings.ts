import { commands } from "vscode";

/** Shows settings in the editor's page; `query` is a setting's whole name, or the beginning of several. */
export async function openSettings(query: string): Promise<void> {
  await commands.executeCommand("workbench.action.openSettings", query);
}
