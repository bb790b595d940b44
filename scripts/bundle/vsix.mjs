import { readFileSync, statSync } from "node:fs";
import { Failure } from "../system/failure.mjs";
import { inRoot, rootFolder } from "../system/layout.mjs";
import { run } from "../system/processes.mjs";
import { bundleExtension } from "./extension.mjs";
import { zipEntries } from "./zipEntries.mjs";

/** @import { ZipEntry } from "./zipEntries.mjs" */

const LARGEST_BYTES = 3e6;

/** All that may be in a VSIX; whatever else finds its way in is a mistake. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
  /^extension\/dist\/(extension|storeWorker|tokenWorker)\.js$/,
  /^extension\/dist\/parts\/[\w-]+\.js$/,
  /^extension\/dist\/webview\/[\w-]+\.(js|css)$/,
  /^extension\/media\/(icon\.(png|svg)|screenshots\/[\w-]+\.png|walkthrough\/[\w-]+\.svg)$/,
  /^extension\/docs\/limitations\.md$/,
  /^extension\/l10n\/[\w.-]+\.json$/,
];

const REQUIRED = [
  "extension/package.json",
  "extension/dist/extension.js",
  "extension/dist/storeWorker.js",
  "extension/dist/webview/main.js",
  "extension/dist/webview/main.css",
  "extension/dist/webview/usage.js",
  "extension/dist/webview/controls.js",
  "extension/dist/webview/highlighter.js",
  "extension/dist/webview/usage.css",
  "extension/media/walkthrough/key.svg",
  "extension/LICENSE.txt",
  "extension/readme.md",
  "extension/changelog.md",
];

/**
 * @typedef {object} Vsix
 * @property {string} file
 * @property {number} size in bytes
 * @property {ZipEntry[]} entries
 */

/**
 * Builds the extension for users and packs it; dist/ is left as it was packed.
 * @param {string} node new enough for the tools
 * @returns {Promise<Vsix>}
 * @throws {Failure} when it could not be packed, is too large, or holds what it should not
 */
export async function packVsix(node) {
  await bundleExtension({ forPackage: true });
  const { name, version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const vsix = await packBuilt(node, inRoot(`${name}-${version}.vsix`));
  if (vsix.size > LARGEST_BYTES)
    throw new Failure(`The VSIX has ${vsix.size} bytes, more than ${LARGEST_BYTES}.`);
  return vsix;
}

/**
 * Packs what is in dist/ as it is.
 * @param {string} node new enough for the tools
 * @param {string} file to be written
 * @returns {Promise<Vsix>}
 * @throws {Failure} when it could not be packed, vsce warns of something, or it holds what it should not
 */
export async function packBuilt(node, file) {
  const { code, output } = await run(
    node,
    [
      inRoot("node_modules", "@vscode", "vsce", "vsce"),
      "package",
      "--no-dependencies",
      // There is no public repository to link to, so the README's pictures are packed too.
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--out",
      file,
    ],
    { cwd: rootFolder },
  );
  if (code !== 0) throw new Failure(`vsce could not pack the extension: ${lastError(output)}`);
  const warnings = warningsIn(output);
  if (warnings.length > 0) throw new Failure(`vsce warns: ${warnings.join(" ")}`);
  const vsix = { file, size: statSync(file).size, entries: zipEntries(file) };
  checkContent(vsix);
  return vsix;
}

/** @param {Vsix} vsix */
function checkContent({ entries }) {
  const names = entries.map(({ name }) => name);
  const unwanted = names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (unwanted.length > 0)
    throw new Failure(`The VSIX holds what it should not: ${unwanted.join(", ")}.`);
  if (missing.length > 0) throw new Failure(`The VSIX lacks ${missing.join(", ")}.`);
}

/**
 * @param {string} output
 * @returns {string[]}
 */
function warningsIn(output) {
  return output
    .split("\n")
    .filter((line) => /warn/i.test(line))
    .map((line) => line.trim());
}

/**
 * @param {string} output
 * @returns {string}
 */
function lastError(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.findLast((line) => /error/i.test(line)) ??
    lines.at(-1) ??
    "it said nothing"
  ).trim();
}
