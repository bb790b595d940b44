import { pathToFileURL } from "node:url";

/**
 * @typedef {object} OpenRequest
 * @property {string} [workspace] a folder, by its absolute path; none opens an empty window
 * @property {readonly string[]} [extensionPaths] folders of extensions in development
 * @property {string} [testsPath] a module whose `run()` the extension host calls
 */

/**
 * The address that opens a folder with extensions in development: an Extension Development Host.
 * @param {URL} server where the editor answers
 * @param {OpenRequest} request
 * @returns {URL}
 */
export function editorAddress(server, { workspace, extensionPaths = [], testsPath }) {
  const address = new URL(server);
  if (workspace) address.searchParams.set("folder", serverPath(workspace));
  else address.searchParams.set("ew", "true");
  const remote = (/** @type {string} */ file) =>
    `vscode-remote://${server.host}${serverPath(file)}`;
  const payload = extensionPaths.map((file) => ["extensionDevelopmentPath", remote(file)]);
  if (testsPath) payload.push(["extensionTestsPath", remote(testsPath)]);
  address.searchParams.set("payload", JSON.stringify(payload));
  return address;
}

/**
 * @param {string} file
 * @returns {string} with forward slashes and a leading one, on Windows too
 */
function serverPath(file) {
  return decodeURIComponent(pathToFileURL(file).pathname);
}
