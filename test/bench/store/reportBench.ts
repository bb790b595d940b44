import { statSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Result } from "../../../src/core/dispatch/failure";
import { daysFromTo } from "../../../src/core/report/calendar";
import { forecastDays } from "../../../src/core/report/forecast";
import { rangeBefore, rangeOf } from "../../../src/core/report/period";
import type { PeriodKind } from "../../../src/core/report/period";
import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreClient } from "../../../src/store/storeClient";
import { bundleProgram } from "../../fakes/bundledProgram";
import { openStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { printMeasures } from "../harness/goalTable";
import type { Measure } from "../harness/goalTable";
import { loadDay } from "./loadSamples";
import { addCalls } from "./manyCalls";

const repetitions = 15;

/** Prints what a report takes from the store, through its thread, with 100,000 and with a million calls of a year. */
export async function run(): Promise<void> {
  for (const { calls, goal } of [
    { calls: 100_000, goal: 500 },
    { calls: 1_000_000, goal: 2000 },
  ]) {
    using folder = new TemporaryFolder();
    const path = folder.file("groqCoder.db");
    const worker = folder.file("storeWorker.mjs");
    await bundleProgram("src/store/worker.ts", worker);
    openStore(path).close();
    addCalls(path, calls);
    console.log(`\n${calls} calls, a file of ${(statSync(path).size / 1e6).toFixed(0)} MB`);
    printMeasures(await measureReports(worker, path, goal));
  }
}

async function measureReports(worker: string, path: string, goal: number): Promise<Measure[]> {
  globalThis.gc?.();
  const residentBefore = process.memoryUsage().rss;
  const store = createStoreClient(worker, path);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const first = await timed(() => readReport(store, "month"));
  const measures: Measure[] = [
    {
      title: "the first report, of the month, with opening the file",
      unit: "ms",
      goal,
      samples: [first],
    },
  ];
  for (const period of ["today", "month", "quarter", "year", "all"] as const) {
    const samples: number[] = [];
    for (let turn = 0; turn < repetitions; turn++)
      samples.push(await timed(() => readReport(store, period)));
    measures.push({ title: `a report of: ${period}`, unit: "ms", goal, samples });
  }
  loop.disable();
  const resident = process.memoryUsage().rss - residentBefore;
  await store.close();
  return [
    ...measures,
    {
      title: "longest block of the calling thread",
      unit: "ms",
      goal: 20,
      samples: [loop.max / 1e6],
    },
    { title: "resident memory, thread and data", unit: "MB", samples: [resident / 1e6] },
  ];
}

/** As the usage page asks for it. */
async function readReport(store: StoreClient, kind: PeriodKind): Promise<Result<unknown>> {
  const booked = await store.usageReports.bookedDays();
  if (!booked.ok) return booked;
  const range = rangeOf({ kind }, loadDay, booked.value);
  const unit = daysFromTo(range.from, range.to) > 92 ? "month" : "day";
  const recent = forecastDays(loadDay);
  return store.usageReports.read({ range, before: rangeBefore(range), recent, unit });
}

/** Milliseconds; a failure ends the bench. */
async function timed(act: () => Promise<Result<unknown>>): Promise<number> {
  const began = performance.now();
  const result = await act();
  const took = performance.now() - began;
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return took;
}
