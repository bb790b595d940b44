import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inCache, inRoot } from "../system/layout.mjs";

let bundles = 0;

/**
 * Bundles TypeScript that runs on Node (a test server, a bench) into the cache.
 * @param {object} request
 * @param {string} request.entry its path in the checkout
 * @param {"esm" | "cjs"} [request.format]
 * @param {readonly string[]} [request.external] packages that are resolved when it runs
 * @returns {Promise<string>} the bundle
 */
export async function bundleNodeProgram({ entry, format = "esm", external = [] }) {
  const esbuild = await import("esbuild");
  const name = entry.replace(/\.ts$/, "").replaceAll("/", "-");
  const outfile = inCache("bundles", `${name}.${format === "esm" ? "mjs" : "cjs"}`);
  const { outputFiles } = await esbuild.build({
    absWorkingDir: inRoot(),
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    platform: "node",
    target: "node22",
    format,
    external: [...external],
    sourcemap: "inline",
    logLevel: "warning",
    banner: format === "esm" ? { js: requireFor(outfile) } : {},
  });
  // Put in its place when it is whole: another may be starting the one before.
  const whole = `${outfile}.${process.pid}.${++bundles}`;
  mkdirSync(path.dirname(outfile), { recursive: true });
  writeFileSync(whole, outputFiles[0]?.contents ?? "");
  renameSync(whole, outfile);
  return outfile;
}

/**
 * CommonJS libraries in a module, and packages that stay outside, resolve from the checkout.
 * @param {string} outfile
 */
function requireFor(outfile) {
  const from = path.relative(path.dirname(outfile), inRoot("package.json")).replaceAll("\\", "/");
  return `import { createRequire as createRequireForLibraries } from "node:module"; const require = createRequireForLibraries(new URL(${JSON.stringify(from)}, import.meta.url));`;
}
