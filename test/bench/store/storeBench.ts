import { statSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreClient } from "../../../src/store/storeClient";
import type { Result } from "../../../src/core/dispatch/failure";
import { bundleProgram } from "../../fakes/bundledProgram";
import { openStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { printMeasures } from "../harness/goalTable";
import type { Measure } from "../harness/goalTable";
import { runCrashLoad } from "./crashLoad";
import { loadDay, reservation, settlement } from "./loadSamples";
import { addCalls, longSession } from "./manyCalls";

const calls = 1_000_000;
const inserts = 3000;
const queries = 50;

/**
 * Prints what the store costs with a million calls in it, through its worker thread as the extension uses it, and what
 * became of eight windows that were killed over and over.
 */
export async function run(): Promise<void> {
  using folder = new TemporaryFolder();
  const path = folder.file("groqCoder.db");
  const worker = folder.file("storeWorker.mjs");
  await bundleProgram("src/store/worker.ts", worker);
  openStore(path).close();
  const began = performance.now();
  addCalls(path, calls);
  console.log(
    `${calls} calls in ${((performance.now() - began) / 1000).toFixed(0)} s, a file of ${megabytes(statSync(path).size)} MB`,
  );
  printMeasures(await measureStore(worker, path));
  await showCrashes(folder);
}

async function measureStore(worker: string, path: string): Promise<Measure[]> {
  globalThis.gc?.();
  const residentBefore = process.memoryUsage().rss;
  const store = createStoreClient(worker, path);
  const opening = await timed(() => store.ledger.spent({ kind: "day", day: loadDay }));
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const { reserving, settling } = await insertCalls(store);
  const today = await repeat(() => store.ledger.spent({ kind: "day", day: loadDay }));
  const month = await repeat(() => store.ledger.spent({ kind: "month", month: "2026-11" }));
  const byModel = await repeat(() => store.usage.spentByModel("2026-11"));
  const byHour = await repeat(() => store.usage.spentByHour("2026-11-14"));
  const session = await repeat(() => store.ledger.spent({ kind: "session", ...longSession }));
  const page = await repeat(() => store.usageExport.calls(500_000));
  const limits = await updateLimits(store);
  loop.disable();
  const resident = process.memoryUsage().rss - residentBefore;
  const forgetting = await pingWhile(() => store.data.forgetBefore("2026-09-01"));
  const deleting = await pingWhile(() => store.data.deleteAll(loadDay));
  await store.close();
  return [
    { title: "opening, first sum", unit: "ms", samples: [opening] },
    { title: "reserve, under three caps", unit: "ms", goal: 1, samples: reserving },
    { title: "... 99th percentile", unit: "ms", samples: [percentile(reserving, 0.99)] },
    { title: "settle", unit: "ms", goal: 1, samples: settling },
    { title: "... 99th percentile", unit: "ms", samples: [percentile(settling, 0.99)] },
    { title: "today's sum", unit: "ms", goal: 5, samples: today },
    { title: "the month's sum", unit: "ms", goal: 5, samples: month },
    { title: "month by model", unit: "ms", goal: 100, samples: byModel },
    { title: "a week by hour", unit: "ms", goal: 100, samples: byHour },
    { title: "sum of a session of 10,000 calls", unit: "ms", goal: 5, samples: session },
    { title: "a page of calls for the export", unit: "ms", samples: page },
    { title: "limits, load and replace", unit: "ms", samples: limits },
    {
      title: "longest block of the calling thread",
      unit: "ms",
      goal: 20,
      samples: [loop.max / 1e6],
    },
    { title: "forgetting most calls", unit: "ms", samples: [forgetting.tookMs] },
    { title: "... longest block meanwhile", unit: "ms", goal: 20, samples: [forgetting.lateMs] },
    { title: "deleting all data", unit: "ms", samples: [deleting.tookMs] },
    { title: "... longest block meanwhile", unit: "ms", goal: 20, samples: [deleting.lateMs] },
    { title: "resident memory, thread and data", unit: "MB", samples: [resident / 1e6] },
  ];
}

const caps = { session: 10n ** 18n, day: 10n ** 18n, month: 10n ** 18n };

async function insertCalls(store: StoreClient) {
  const reserving: number[] = [];
  const settling: number[] = [];
  for (let call = 0; call < inserts; call++) {
    const id = `new ${call}`;
    reserving.push(await timed(() => store.ledger.reserve(reservation(id, 2000n), caps)));
    settling.push(await timed(() => store.ledger.settle(id, settlement(1000n))));
  }
  return { reserving, settling };
}

function updateLimits({ limits }: StoreClient): Promise<number[]> {
  const key = { account: "account", model: "vendor/model-1" };
  const state = JSON.stringify({ buckets: "x".repeat(4000) });
  return repeat(async () => {
    const stored = await limits.load(key);
    if (!stored.ok) return stored;
    const version = (stored.value?.version ?? 0) + 1;
    return limits.replace(key, { version, state, savedAtMs: 1, savedAtMonotonicMs: version });
  });
}

async function repeat(act: () => Promise<Result<unknown>>): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < queries; turn++) samples.push(await timed(act));
  return samples;
}

/** Milliseconds; a failure ends the bench. */
async function timed(act: () => Promise<Result<unknown>>): Promise<number> {
  const began = performance.now();
  const result = await act();
  const took = performance.now() - began;
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return took;
}

/** By how much timers of this thread came late while something long was under way. */
async function pingWhile(act: () => Promise<Result<unknown>>) {
  let lateMs = 0;
  const acting = timed(act);
  const over = acting.then(() => "over");
  do {
    const began = performance.now();
    await delay(5);
    lateMs = Math.max(lateMs, performance.now() - began - 5);
  } while ((await Promise.race([over, Promise.resolve()])) === undefined);
  return { tookMs: await acting, lateMs };
}

async function showCrashes(folder: TemporaryFolder): Promise<void> {
  const program = folder.file("storeWindow.mjs");
  await bundleProgram("test/bench/store/storeWindow.ts", program);
  const began = performance.now();
  const load = { path: folder.file("crashes.db"), program, seed: 1, windows: 8 };
  const report = await runCrashLoad({ ...load, kills: 300, cap: 3_000_000n });
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `8 windows for ${seconds.toFixed(0)} s, killed ${report.kills} times: ${report.reserved} calls reserved, ` +
      `${report.settled} settled, ${report.refused} refused at the cap, ${report.limitUpdates} updates of limits, ` +
      `the store locked for too long ${report.locked} times, the cap looked at ${report.looks} times: ${report.faults.length} faults (goal: 0)`,
  );
  for (const fault of report.faults.slice(0, 20)) console.log(`  ${fault}`);
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
