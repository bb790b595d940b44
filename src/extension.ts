import type { ExtensionContext } from "vscode";
import { compose } from "./compose/compose";
import type { App } from "./compose/compose";

let app: App | undefined;

export function activate(context: ExtensionContext): void {
  app = compose(context);
}

/** VS Code waits a few seconds for this, so that a reload in mid-answer loses nothing. */
export async function deactivate(): Promise<void> {
  await app?.close();
}
