import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { onLeave } from "../system/cleanup.mjs";
import { inRoot } from "../system/layout.mjs";

/** @import { BuildOptions } from "esbuild" */

/**
 * @typedef {object} ExtensionBuild
 * @property {boolean} [forPackage] minified and without source maps
 */

// What CommonJS libraries ask for with `require` does not exist in a module by itself.
const REQUIRE_FOR_LIBRARIES =
  'import { createRequire as createRequireForLibraries } from "node:module"; const require = createRequireForLibraries(import.meta.url);';

/**
 * Bundles the extension, the store's worker and the webviews into dist/, which is emptied before.
 * @param {ExtensionBuild} [build]
 */
export async function bundleExtension(build = {}) {
  const esbuild = await import("esbuild");
  await rm(inRoot("dist"), { recursive: true, force: true });
  await Promise.all(partsOf(build).map((options) => esbuild.build(options)));
  for (const page of ["main", "usage"]) assertInlines(inRoot("dist", "webview", `${page}.js`));
}

/**
 * Throws for a script that cannot stand in a page: an HTML parser would take a part of it for its end.
 * @param {string} script
 */
function assertInlines(script) {
  const tag = /<\/?script/i.exec(readFileSync(script, "utf8"));
  if (tag !== null) throw new Error(`${script} has a ${tag[0]} at ${tag.index}.`);
}

/**
 * Rebuilds dist/ at each change of a source file, until the process ends.
 * @returns {Promise<never>}
 */
export async function watchExtension() {
  const esbuild = await import("esbuild");
  for (const options of partsOf({})) {
    const context = await esbuild.context({ ...options, logLevel: "info" });
    onLeave(() => context.dispose());
    await context.watch();
  }
  return new Promise(() => {});
}

/**
 * @param {ExtensionBuild} build
 * @returns {BuildOptions[]}
 */
function partsOf(build) {
  return [hostPart(build), workerPart(build), pagePart(build)];
}

/**
 * @param {ExtensionBuild} build
 * @returns {BuildOptions}
 */
function common({ forPackage = false }) {
  return {
    absWorkingDir: inRoot(),
    bundle: true,
    format: "esm",
    minify: forPackage,
    sourcemap: forPackage ? false : "linked",
    legalComments: "none",
    logLevel: "warning",
    outdir: "dist",
  };
}

/**
 * Split where the source imports dynamically, so that heavy parts load when they are first used.
 * @param {ExtensionBuild} build
 * @returns {BuildOptions}
 */
function hostPart(build) {
  return {
    ...common(build),
    entryPoints: { extension: "src/extension.ts" },
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    external: ["vscode"],
    banner: { js: REQUIRE_FOR_LIBRARIES },
  };
}

/**
 * @param {ExtensionBuild} build
 * @returns {BuildOptions}
 */
function workerPart(build) {
  return {
    ...common(build),
    entryPoints: { storeWorker: "src/store/worker.ts", tokenWorker: "src/groq/tokenWorker.ts" },
    platform: "node",
    target: "node22",
  };
}

/**
 * The pages, each complete, since its script is inlined; and what the chat's page loads later.
 * @param {ExtensionBuild} build
 * @returns {BuildOptions}
 */
function pagePart(build) {
  return {
    ...common(build),
    entryPoints: {
      "webview/main": "webview/main.tsx",
      "webview/usage": "webview/usage/main.tsx",
      "webview/controls": "webview/controls.ts",
      "webview/highlighter": "webview/code/highlighter.ts",
    },
    platform: "browser",
    target: "chrome138",
    jsx: "automatic",
    jsxImportSource: "preact",
    // Icons stand in the style sheet itself.
    loader: { ".svg": "dataurl" },
  };
}
