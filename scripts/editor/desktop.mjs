import { spawn } from "node:child_process";
import path from "node:path";
import { existsSync } from "node:fs";
import { Failure } from "../system/failure.mjs";
import { rootFolder } from "../system/layout.mjs";
import { pathVariable } from "../provision/npm.mjs";

/**
 * Opens the extension in the desktop VS Code that the `code` command starts.
 * @param {object} request
 * @param {string} request.workspace
 * @param {string} request.userDataFolder separate, so that the user's own data are not touched
 * @param {Readonly<Record<string, string>>} request.env
 * @returns {Promise<void>} resolves when its window is closed
 * @throws {Failure} when there is no `code`
 */
export async function openDesktop({ workspace, userDataFolder, env }) {
  const command = findCode();
  const onWindows = process.platform === "win32";
  const quoted = (/** @type {string} */ text) => (onWindows ? `"${text}"` : text);
  const editor = spawn(
    quoted(command),
    [
      "--wait",
      "--new-window",
      "--disable-workspace-trust",
      `--extensionDevelopmentPath=${rootFolder}`,
      `--user-data-dir=${userDataFolder}`,
      workspace,
    ].map(quoted),
    { stdio: "inherit", env: { ...process.env, ...env }, shell: onWindows },
  );
  await new Promise((resolve) => editor.once("exit", resolve).once("error", resolve));
}

/** @returns {string} */
function findCode() {
  const file = process.platform === "win32" ? "code.cmd" : "code";
  const found = pathVariable()
    .split(path.delimiter)
    .map((folder) => path.join(folder, file))
    .find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new Failure(
    "There is no `code` command on the PATH; install VS Code with its shell command, or leave out --desktop.",
  );
}
