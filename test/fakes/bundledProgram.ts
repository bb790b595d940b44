import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { build } from "esbuild";

/** Bundles a TypeScript program for Node; both paths are relative to the checkout, or whole. */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  // Asked for at run time: esbuild cannot be bundled into a bench.
  const esbuild = createRequire(resolve("package.json"))("esbuild") as { build: typeof build };
  await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    outfile,
    logLevel: "warning",
  });
}
