import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { inCache, inRoot } from "../system/layout.mjs";

const SUITE = path.join("test", "editor", "suite");

/**
 * Bundles the suite that runs inside the editor, each of its files by itself, into the cache.
 * @returns {Promise<string>} the module with `run()`
 */
export async function bundleEditorSuite() {
  const esbuild = await import("esbuild");
  const outdir = inCache("bundles", "editorSuite");
  await rm(outdir, { recursive: true, force: true });
  const files = readdirSync(inRoot(SUITE)).filter((file) => file.endsWith(".ts"));
  await esbuild.build({
    absWorkingDir: inRoot(),
    entryPoints: files.map((file) => path.join(SUITE, file)),
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["vscode"],
    define: { MOCHA_FILE: JSON.stringify(inRoot("node_modules", "mocha", "index.js")) },
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(outdir, "index.cjs");
}
