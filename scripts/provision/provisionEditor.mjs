import { provideEditor } from "./editor.mjs";
import { provideNode } from "./node.mjs";

/**
 * @typedef {object} EditorInstallation
 * @property {string} node the Node that runs the editor's server
 * @property {string} serverFile the file that starts it
 */

/**
 * All that the embedded editor needs, but for a browser.
 * @returns {Promise<EditorInstallation>}
 */
export async function provisionEditor() {
  const node = await provideNode();
  return { node, serverFile: await provideEditor(node) };
}
