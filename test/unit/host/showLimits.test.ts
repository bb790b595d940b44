import { beforeEach, expect, it } from "vitest";
import { succeed } from "../../../src/core/dispatch/failure";
import { showLimits } from "../../../src/host/commands/showLimits";
import type { MeterSources } from "../../../src/host/statusBar/meterState";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { reservation } from "../store/storeSamples";

beforeEach(() => fakeEditor.reset());

async function choose(label: string, given: Partial<MeterSources> = {}): Promise<void> {
  const ledger = new MemoryLedger();
  await ledger.reserve(reservation("1", { cost: 9n }), {});
  fakeEditor.chosenItem = label;
  await showLimits({
    ledger,
    clock: new FakeClock(),
    usage: { spentByModel: () => Promise.resolve(succeed([])) },
    priceOf: () => undefined,
    caps: () => ({}),
    raise: () => undefined,
    warnAt: () => 80,
    conversationId: () => "c1",
    room: () => Promise.resolve(undefined),
    activity: () => "calm",
    ...given,
  });
  await letPromisesRun();
}

const raiseForToday = "$(arrow-up) Raise for Today…";

it("does what is chosen", async () => {
  await choose("$(graph) Show Usage");
  expect(fakeEditor.executed).toEqual(["groqCoder.showUsage"]);
});

it("offers a raise where the day is nearly used up, and taking it back once it is made", async () => {
  await choose(raiseForToday, { caps: () => ({ day: 10n }) });
  expect(fakeEditor.executed).toHaveLength(1);
  await choose("$(discard) Take Back Today's Raise", {
    caps: () => ({ day: 20n }),
    raise: () => ({ day: "2026-11-20", cap: 20n, over: 10n }),
  });
  expect(fakeEditor.executed).toHaveLength(2);
  for (const act of fakeEditor.executed) expect(act).toMatch(/^groqCoder\.setBudget /);
});

it.each([
  ["while there is enough", { day: 100n }],
  ["without a daily budget", { month: 9n }],
])("offers no raise %s", async (_name, caps) => {
  await choose(raiseForToday, { caps: () => caps });
  expect(fakeEditor.executed).toEqual([]);
});
