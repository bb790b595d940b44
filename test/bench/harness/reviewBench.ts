import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { bundleNodeProgram } from "../../../scripts/bundle/nodeProgram.mjs";
import { makeTemporaryFolder, onLeave, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { runMain } from "../../../scripts/system/main.mjs";
import { launchEditor } from "../../editor/harness/launchEditor.ts";
import { printMeasures } from "./goalTable.ts";
import { FILE, FILE_TEXT } from "./reviewSamples.ts";
import type { ReviewRound } from "./reviewSamples.ts";

// Opens the review of 40 changes in a file of 10,000 lines, in the editor, from the complete answer on.
await runMain(async () => {
  const folder = makeTemporaryFolder("bench");
  onLeave(() => removeFolder(folder));
  const workspace = path.join(folder, "workspace");
  mkdirSync(workspace);
  writeFileSync(path.join(workspace, FILE), FILE_TEXT);
  const reportFile = path.join(folder, "report.json");
  const testsPath = await bundleNodeProgram({
    entry: "test/bench/harness/reviewRounds.ts",
    format: "cjs",
    external: ["vscode"],
  });
  const problems: string[] = [];
  const editor = await launchEditor({
    workspace,
    testsPath,
    env: { BENCH_REPORT: reportFile },
    onConsole: (line) => problems.push(line),
  });
  const code = await editor.testsEnded;
  await editor.close();
  if (code !== 0) throw new Error(problems.join("\n"));
  const rounds = JSON.parse(readFileSync(reportFile, "utf8")) as ReviewRound[];
  const column = (name: keyof ReviewRound) => rounds.map((round) => round[name]);
  printMeasures([
    { title: "complete to shown, 10,000 lines", unit: "ms", samples: column("grown"), goal: 50 },
    { title: "nothing shown while it was written", unit: "ms", samples: column("cold") },
    { title: "of each: what the edit makes", unit: "ms", samples: column("worked") },
    { title: "one order to the window and back", unit: "ms", samples: column("trip") },
  ]);
  console.log(`load average: ${loadavg()[0]?.toFixed(1)}`);
});
