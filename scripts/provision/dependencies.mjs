import { readFile } from "node:fs/promises";
import { inRoot, rootFolder } from "../system/layout.mjs";
import { npm } from "./npm.mjs";
import { withProgress } from "./progress.mjs";

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/** Installs the project's own packages when they are missing or not those of package-lock.json. */
export async function provideDependencies() {
  if (await areInstalled()) return;
  await withProgress(
    "Installing the project's packages",
    () =>
      npm({
        // Not `npm ci`: it refuses a lock file that lacks the optional packages of some other platform, and npm writes
        // such files. This takes the locked versions, too, and changes no file of ours.
        command: ["install", "--no-save", "--prefer-offline"],
        folder: rootFolder,
        what: "the project's packages",
      }),
    { folder: inRoot("node_modules") },
  );
}

/** Compares the lock file with the record that npm writes into node_modules at the end of an installation. */
async function areInstalled() {
  const [wanted, installed] = await Promise.all([
    readPackages(inRoot("package-lock.json")),
    readPackages(inRoot("node_modules", ".package-lock.json")),
  ]);
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === "") return true;
    const found = installed[place];
    // An optional package that is absent is one for another platform.
    return found ? found.version === version : optional === true || devOptional === true;
  });
}

/**
 * @param {string} lockFile
 * @returns {Promise<Record<string, LockedPackage>>} nothing when there is no such file
 */
async function readPackages(lockFile) {
  try {
    return JSON.parse(await readFile(lockFile, "utf8")).packages;
  } catch {
    return {};
  }
}
