import path from "node:path";
import { installOnce } from "./installation.mjs";
import { npm } from "./npm.mjs";

/** VS Code 1.139.1 as a server: the same workbench and a real Node extension host. */
const EDITOR = { name: "code-server", version: "4.139.1" };

/**
 * The embedded editor, installed when it is missing.
 * @param {string} node the pinned Node's executable
 * @returns {Promise<string>} the file that starts its server
 */
export async function provideEditor(node) {
  const folder = await installOnce({
    ...EDITOR,
    what: "the editor",
    // Not `npm ci`: the shrinkwrap that comes with the editor is out of step with its package.json.
    finish: (installed) =>
      npm({
        command: ["install", "--omit=dev", "--prefer-offline"],
        folder: editorFolder(installed),
        what: "the editor's own packages",
        node,
      }),
  });
  return path.join(editorFolder(folder), "out", "server-main.js");
}

/** @param {string} folder */
function editorFolder(folder) {
  return path.join(folder, "node_modules", EDITOR.name, "lib", "vscode");
}
