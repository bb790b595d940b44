import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { bundleNodeProgram } from "../../../scripts/bundle/nodeProgram.mjs";
import { packVsix } from "../../../scripts/bundle/vsix.mjs";
import { makeTemporaryFolder, onLeave, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { runMain } from "../../../scripts/system/main.mjs";
import { printMeasures } from "./goalTable.ts";
import { writeFloorExtension } from "./probeExtensions.ts";
import { runUsageRound } from "./usageRounds.ts";
import type { UsageRound } from "./usageRounds.ts";

const ROUNDS = 5;

/** The program that fills a ledger: what it uses of the store is bundled. */
interface Filler {
  readonly fillStore: (dataFolder: string, calls: number) => void;
}

// Opens the usage page in the editor, each round in a new one, with 100,000 and with a million calls in the ledger.
await runMain(async () => {
  const { file: vsix } = await packVsix(process.execPath);
  const filler = await bundleNodeProgram({ entry: "test/bench/store/filledStore.ts" });
  const { fillStore } = (await import(filler)) as Filler;
  const folder = makeTemporaryFolder("bench");
  onLeave(() => removeFolder(folder));
  for (const { calls, goal } of [
    { calls: 100_000, goal: 500 },
    { calls: 1_000_000, goal: 2000 },
  ]) {
    const dataFolder = path.join(folder, `data${calls}`);
    fillStore(dataFolder, calls);
    const rounds: UsageRound[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const own = path.join(folder, `${calls}round${round}`);
      mkdirSync(own, { recursive: true });
      const extensionsFolder = path.join(own, "extensions");
      await writeFloorExtension(extensionsFolder);
      const reportFile = path.join(own, "report", "port");
      mkdirSync(path.dirname(reportFile));
      rounds.push(await runUsageRound({ vsix, extensionsFolder, dataFolder, reportFile }));
    }
    const column = (name: keyof UsageRound) => rounds.map((round) => round[name]);
    console.log(`\n${calls} calls, load average ${loadavg()[0]?.toFixed(1)}`);
    printMeasures([
      {
        title: "command to first chart",
        unit: "ms",
        samples: column("first"),
        goal,
      },
      {
        title: "longest block of the extension host",
        unit: "ms",
        samples: column("block"),
        goal: 20,
      },
      {
        title: "resident memory added to it, all threads",
        unit: "MB",
        samples: column("resident"),
      },
    ]);
  }
});
