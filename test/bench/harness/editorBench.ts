import path from "node:path";
import { mkdirSync } from "node:fs";
import { packVsix } from "../../../scripts/bundle/vsix.mjs";
import { startStandIn } from "../../../scripts/editor/standIn.mjs";
import { makeTemporaryFolder, onLeave, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { runMain } from "../../../scripts/system/main.mjs";
import { runRound, type RoundResult } from "./editorRound.ts";
import { printMeasures } from "./goalTable.ts";
import { hostMeasures, windowMeasures } from "./measures.ts";
import { writeProbeExtensions } from "./probeExtensions.ts";

const OURS = "groq-coder.groq-coder";
const NO_OP = "bench.noop";
/** Even, so that each comes first as often as the other. */
const ROUNDS = 8;

// Measures the packed extension beside a no-op one, each round in a new editor, and holds it against our goals.
await runMain(async () => {
  const { size } = await packVsix(process.execPath);
  const { url } = await startStandIn(process.execPath, ["--plan=developer", "--speed=1000"]);
  const folder = makeTemporaryFolder("bench");
  onLeave(() => removeFolder(folder));
  const extensionsFolder = path.join(folder, "extensions");
  await writeProbeExtensions(extensionsFolder);
  const rounds: RoundResult[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    console.log(`Round ${round} of ${ROUNDS}`);
    const reports = path.join(folder, `round${round}`);
    mkdirSync(reports);
    rounds.push(
      await runRound({
        server: new URL(url),
        extensionsFolder,
        // Whatever the one that comes first pays for both is shared out evenly.
        bareViewFirst: round % 2 === 0,
        order: round % 2 === 0 ? [OURS, NO_OP] : [NO_OP, OURS],
        reportFile: path.join(reports, "host.json"),
      }),
    );
  }
  printMeasures([
    ...hostMeasures(rounds, OURS, NO_OP),
    { title: "VSIX", unit: "MB", samples: [size / 1e6], goal: 3 },
    ...windowMeasures(rounds),
  ]);
});
