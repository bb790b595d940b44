import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { bundleNodeProgram } from "./bundle/nodeProgram.mjs";
import { provideBrowser } from "./provision/browser.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { provisionEditor } from "./provision/provisionEditor.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { Failure } from "./system/failure.mjs";
import { inRoot, rootFolder } from "./system/layout.mjs";
import { runMain } from "./system/main.mjs";
import { run } from "./system/processes.mjs";

const EDITOR_BENCHES = [
  "test/bench/harness/editorBench.ts",
  "test/bench/harness/reviewBench.ts",
  "test/bench/harness/streamingBench.ts",
  "test/bench/harness/usageBench.ts",
];
const EXPORTS_RUN = /^export (async )?function run\b/m;
const RUN_IT = "const { run } = await import(process.argv[1]); await run();";

// npm run bench [-- NAME]: all benches, or those whose path has NAME in it. `editor`, `review`, `streaming` and
// `usage` run in the editor.
await runMain(async () => {
  const { positionals } = readCommandLine("npm run bench [-- NAME]", {}, 1);
  const all = benches();
  const chosen = all.filter((file) => file.includes(positionals[0] ?? ""));
  if (chosen.length === 0) {
    const names = all.map((file) => path.basename(file, ".ts")).join(", ");
    throw new Failure(`There is no bench called ${positionals[0]}; there are ${names}.`);
  }
  await provideDependencies();
  const { node } = await provisionEditor();
  let exitCode = 0;
  for (const bench of chosen) {
    console.log(`\n== ${bench}`);
    exitCode = Math.max(exitCode, await runBench(node, bench));
  }
  return exitCode;
});

/** @returns {string[]} the files that export `run()`, by their paths in the checkout, and those in the editor */
function benches() {
  const folder = path.join("test", "bench");
  const files = readdirSync(inRoot(folder), { recursive: true })
    .map((file) => path.join(folder, String(file)).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && EXPORTS_RUN.test(readFileSync(inRoot(file), "utf8")));
  return [...files.toSorted(), ...EDITOR_BENCHES];
}

/**
 * @param {string} node
 * @param {string} bench
 * @returns {Promise<number>} the exit code
 */
async function runBench(node, bench) {
  if (EDITOR_BENCHES.includes(bench)) {
    await provideBrowser();
    const { code } = await run(node, [inRoot(bench)], { cwd: rootFolder, show: true });
    return code;
  }
  const program = await bundleNodeProgram({ entry: bench });
  const flags = ["--expose-gc", "--input-type=module", "--eval", RUN_IT];
  const { code } = await run(node, [...flags, program], { cwd: rootFolder, show: true });
  return code;
}
