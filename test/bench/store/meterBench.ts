import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreClient } from "../../../src/store/storeClient";
import { systemClock } from "../../../src/compose/systemClock";
import { readMeterState } from "../../../src/host/statusBar/meterState";
import type { MeterState } from "../../../src/host/statusBar/meterState";
import { bundleProgram } from "../../fakes/bundledProgram";
import { openStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { printMeasures } from "../harness/goalTable";
import { reservation, settlement } from "./loadSamples";
import { addCalls } from "./manyCalls";

const calls = 100_000;
const settlements = 60;

/**
 * Prints how long after a settlement the figures of the status bar are those of the ledger again, in the window that
 * settled and in another one; each has a worker thread of its own, and the file has 100,000 calls.
 */
export async function run(): Promise<void> {
  using folder = new TemporaryFolder();
  const path = folder.file("groqCoder.db");
  const worker = folder.file("storeWorker.mjs");
  await bundleProgram("src/store/worker.ts", worker);
  openStore(path).close();
  addCalls(path, calls);
  const [here, there] = [createStoreClient(worker, path), createStoreClient(worker, path)];
  const [inThis, inOther] = [followMeter(here), followMeter(there)];
  const samples = { inThis: [] as number[], inOther: [] as number[] };
  for (let call = 0; call < settlements; call++) {
    const day = systemClock.localDay(Date.now());
    const id = `new ${call}`;
    const reserved = Promise.all([inThis.changed(), inOther.changed()]);
    await here.ledger.reserve({ ...reservation(id, 2_000_000n), day }, {});
    await reserved;
    const began = performance.now();
    const since = () => performance.now() - began;
    const drawn = Promise.all([inThis.changed().then(since), inOther.changed().then(since)]);
    await here.ledger.settle(id, settlement(BigInt(1_000_000 + call)));
    const [own, other] = await drawn;
    samples.inThis.push(own);
    samples.inOther.push(other);
  }
  await Promise.all([here.close(), there.close()]);
  printMeasures([
    { title: "until this window's meter is true", unit: "ms", goal: 200, samples: samples.inThis },
    { title: "... the slowest", unit: "ms", goal: 200, samples: [Math.max(...samples.inThis)] },
    { title: "until the other's is", unit: "ms", goal: 200, samples: samples.inOther },
    { title: "... the slowest", unit: "ms", goal: 200, samples: [Math.max(...samples.inOther)] },
  ]);
}

/** Reads what the meter shows at each ring, as the extension does. */
function followMeter(store: StoreClient) {
  let waiting: (() => void)[] = [];
  store.onChange(() => {
    const heard = waiting;
    waiting = [];
    for (const wake of heard) wake();
  });
  const read = () =>
    readMeterState({
      ledger: store.ledger,
      usage: store.usage,
      clock: systemClock,
      priceOf: () => undefined,
      caps: () => ({}),
      raise: () => undefined,
      warnAt: () => 80,
      conversationId: () => "none",
      room: () => Promise.resolve(undefined),
      activity: () => "calm",
    });
  let last = "";
  return {
    /** Resolves when a ring has brought other figures than those before. */
    async changed(): Promise<void> {
      for (;;) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        const state = await read();
        if (!state.ok) throw new Error(JSON.stringify(state.failure));
        const figures = figuresOf(state.value);
        if (figures === last) continue;
        last = figures;
        return;
      }
    },
  };
}

function figuresOf({ spends }: MeterState): string {
  return `${spends.day.cost} ${spends.day.calls} ${spends.month.cost}`;
}
