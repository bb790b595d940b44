import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Those with code that ours asks something of, or whose editors it works in. */
const MET = ["git", "git-base", "ipynb", "json-language-features", "typescript-language-features"];

/**
 * Makes a folder for the editor's own extensions. Those that ours meets are there, and all that have no code, such as
 * languages and themes. Of the others, which take their time at each start of a window, only the names are: the web
 * page would run an extension that it misses there by itself.
 * @param {string} serverFile of the editor
 * @param {string} folder where to make it; what is there goes
 */
export function makeBuiltInExtensions(serverFile, folder) {
  const all = path.resolve(path.dirname(serverFile), "..", "extensions");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(all)) {
    const manifest = readManifest(path.join(all, name));
    if (!manifest) continue;
    const made = path.join(folder, name);
    const hasCode = manifest.main !== undefined || manifest.browser !== undefined;
    if (MET.includes(name) || !hasCode) symlinkSync(path.join(all, name), made, "junction");
    else writeManifest(made, manifest);
  }
}

/**
 * The part of an extension's package.json that is read here.
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} publisher
 * @property {string} version
 * @property {object} engines
 * @property {string} [main]
 * @property {string} [browser]
 */

/**
 * @param {string} extension its folder
 * @returns {Manifest | undefined} undefined when it is none
 */
function readManifest(extension) {
  try {
    return JSON.parse(readFileSync(path.join(extension, "package.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {Manifest} manifest
 */
function writeManifest(folder, { name, publisher, version, engines }) {
  mkdirSync(folder);
  const kept = { name, publisher, version, engines, extensionKind: ["workspace"] };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(kept));
}
