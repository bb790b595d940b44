import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { inCache } from "../system/layout.mjs";
import { removeFolder } from "../system/cleanup.mjs";
import { npm } from "./npm.mjs";
import { withProgress } from "./progress.mjs";

/** Written last, so that an installation that was interrupted is done again. */
const STAMP = "installed.json";

/**
 * Installs a pinned npm package into a folder of its own in the cache, unless it is there already; then nothing
 * touches the network.
 * @param {object} request
 * @param {string} request.name the package
 * @param {string} request.version exact
 * @param {string} request.what in words, such as "the editor"
 * @param {(folder: string) => Promise<void>} [request.finish] what else it needs
 * @returns {Promise<string>} the folder that holds its node_modules
 * @throws {import("../system/failure.mjs").Failure}
 */
export async function installOnce({ name, version, what, finish }) {
  const folder = inCache(`${name.replace(/^@/, "").replace("/", "-")}-${version}`);
  if (existsSync(path.join(folder, STAMP))) return folder;
  await withProgress(`Installing ${what} (${name} ${version})`, () => install(), { folder });
  return folder;

  async function install() {
    await removeFolder(folder);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
    await npm({
      command: ["install", "--prefix", folder, "--prefer-offline", `${name}@${version}`],
      folder,
      what,
    });
    await finish?.(folder);
    const stamp = { name, version, at: new Date().toISOString() };
    await writeFile(path.join(folder, STAMP), `${JSON.stringify(stamp)}\n`);
  }
}
