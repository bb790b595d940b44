import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} OpenRequest
 * @property {string} [workspace] a folder, by its absolute path; none opens an empty window
 * @property {string} [file] shown from the start, by its path below the folder
 * @property {string} [extensionPath] the folder of the extension in development
 * @property {string} [testsPath] a module whose `run()` the extension host calls
 */

/**
 * The address that opens a folder with an extension in development: an Extension Development Host.
 * @param {URL} server where the editor answers
 * @param {OpenRequest} request
 * @returns {URL}
 */
export function editorAddress(server, { workspace, file, extensionPath, testsPath }) {
  const address = new URL(server);
  if (workspace) address.searchParams.set("folder", serverPath(workspace));
  else address.searchParams.set("ew", "true");
  const remote = (/** @type {string} */ place) =>
    `vscode-remote://${server.host}${serverPath(place)}`;
  const payload = [];
  if (workspace && file) payload.push(["openFile", remote(path.join(workspace, file))]);
  if (extensionPath) payload.push(["extensionDevelopmentPath", remote(extensionPath)]);
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
