import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { packVsix } from "../../../scripts/bundle/vsix.mjs";
import { STAND_IN_KEY, startStandIn } from "../../../scripts/editor/standIn.mjs";
import { makeTemporaryFolder, onLeave, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { runMain } from "../../../scripts/system/main.mjs";
import { launchEditor } from "../../editor/harness/launchEditor.ts";
import { takeNotes } from "./chatWindow.ts";
import { type Measure, printMeasures } from "./goalTable.ts";
import { pageMetrics } from "./pageMetrics.ts";
import { FLOOR_VIEW, writeFloorExtension } from "./probeExtensions.ts";
import { median } from "./statistics.ts";
import { streamingAnswer } from "./streamingAnswer.ts";
import { fill, streamOne, viewOf, whenWritten } from "./streamingRuns.ts";
import type { StreamedAnswer, StreamingParts } from "./streamingRuns.ts";
import { openWireTap } from "./wireTap.ts";

const RUNS = 5;
const EARLIER_ANSWERS = 200;
const SHORT_TURNS = 500;
const LIMITS = { rpm: 1e6, rpd: 1e7, tpm: 1e8, tpd: 1e10 };
const MODEL = "openai/gpt-oss-120b";

// Streams answers of 4,000 tokens at 1,000 tokens a second into our chat and into a view of plain text beside it.
await runMain(async () => {
  const { file } = await packVsix(process.execPath);
  const [paced, unlimited] = await Promise.all(
    ["1000", "unlimited"].map((speed) =>
      startStandIn(process.execPath, ["--plan=developer", `--speed=${speed}`]),
    ),
  );
  if (!paced || !unlimited) throw new Error("no stand-in");
  const servers = [new URL(paced.url), new URL(unlimited.url)] as const;
  for (const server of servers) await liftLimits(server);
  const [server, fast] = servers;
  const folder = makeTemporaryFolder("bench");
  onLeave(() => removeFolder(folder));
  mkdirSync(path.join(folder, "report"));
  const extensionsFolder = path.join(folder, "extensions");
  await writeFloorExtension(extensionsFolder);
  const tap = await openWireTap(server);
  const reportFile = path.join(folder, "report", "port");
  const written = whenWritten(reportFile);
  const editor = await launchEditor({
    workspace: inRoot("test", "fixtures", "sampleWorkspace"),
    extensionsFolder,
    vsix: file,
    env: { GROQ_API_KEY: STAND_IN_KEY, GROQ_BASE_URL: tap.url, BENCH_REPORT: reportFile },
    settings: { "groqCoder.plan": "developer", "groqCoder.limits": { [MODEL]: LIMITS } },
  });
  try {
    const port = await written;
    const { page } = editor;
    await takeNotes(page);
    const host = async (name: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${name}`);
      if (!response.ok) throw new Error(await response.text());
      return response.text();
    };
    const metrics = await pageMetrics(page);
    const parts: StreamingParts = { page, metrics, tap, server, host };
    const floor = viewOf(page, FLOOR_VIEW, "bench.floor");
    const chat = viewOf(page, "Groq Coder", "groq-coder.groq-coder");
    await floor.open();
    await streamOne(floor, parts);
    await chat.open();
    await streamOne(chat, parts);
    const alternating = async () => {
      const runs: { floor: StreamedAnswer; chat: StreamedAnswer }[] = [];
      for (let run = 1; run <= RUNS; run++) {
        console.log(`Run ${run} of ${RUNS}, load ${loadavg()[0]?.toFixed(1)}`);
        await floor.show();
        const floorRun = await streamOne(floor, parts);
        await chat.show();
        runs.push({ floor: floorRun, chat: await streamOne(chat, parts) });
      }
      return runs;
    };
    const fresh = await alternating();
    printMeasures(measures("", fresh));

    console.log(`\nWith ${EARLIER_ANSWERS} such answers before`);
    tap.turnTo(fast);
    await fill(EARLIER_ANSWERS, streamingAnswer, { server: fast, host });
    tap.turnTo(server);
    printMeasures(measures(`, after ${EARLIER_ANSWERS}`, await alternating()));

    tap.turnTo(fast);
    await host("/newChat");
    await fill(50, shortAnswer, { server: fast, host });
    const before = {
      heap: await metrics.heap(),
      nodes: await metrics.nodes(),
      host: await host("/heap"),
    };
    await fill(SHORT_TURNS, shortAnswer, { server: fast, host });
    const perTurn = (after: number, first: number) => (after - first) / 1000 / (2 * SHORT_TURNS);
    printMeasures([
      {
        title: "window: script heap added per turn, over 1,000 turns",
        unit: "kB",
        samples: [perTurn(await metrics.heap(), before.heap)],
      },
      {
        title: "window: elements added per turn",
        unit: "",
        samples: [perTurn(await metrics.nodes(), before.nodes) * 1000],
      },
      {
        title: "extension host: heap added per turn",
        unit: "kB",
        samples: [perTurn(Number(await host("/heap")), Number(before.host))],
      },
    ]);
  } finally {
    await editor.close();
    await tap.close();
  }
});

function measures(
  when: string,
  runs: readonly { floor: StreamedAnswer; chat: StreamedAnswer }[],
): Measure[] {
  const row = (
    title: string,
    unit: string,
    goal: number,
    read: (run: StreamedAnswer) => number,
  ) => ({
    title: `${title}${when}`,
    unit,
    goal,
    samples: runs.map(({ chat }) => read(chat)),
    noOp: runs.map(({ floor }) => read(floor)),
  });
  const floorBusy = median(runs.map(({ floor }) => floor.mainThread));
  return [
    row("last token to last paint", "ms", 100, ({ lag }) => lag),
    row("main thread", "ms", Math.round(floorBusy * 1.5), ({ mainThread }) => mainThread),
    row("longest task over 50 ms", "ms", 50, ({ longestTask }) => longestTask),
    row("extension host, all threads", "ms", 500, ({ hostCpu }) => hostCpu),
  ];
}

async function liftLimits(server: URL): Promise<void> {
  const response = await fetch(new URL("/__control/changeLimits", server), {
    method: "POST",
    body: JSON.stringify({ model: MODEL, limits: LIMITS }),
  });
  if (!response.ok) throw new Error(await response.text());
}

function shortAnswer(number: number): string {
  return `Answer ${number}: the sum is kept in **cents**.\n\n\`\`\`ts\nconst sum = ${number};\n\`\`\``;
}
