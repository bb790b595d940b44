import { beforeEach, expect, it } from "vitest";
import type { Warnings } from "../../../src/core/budget/warnings";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import { createSpendingWatch } from "../../../src/host/spendingWatch";
import type { SpendingWatchParts } from "../../../src/host/spendingWatch";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { reservation } from "../store/storeSamples";

const dollar = 1_000_000_000_000n;
const words = "$4.00 of the budget of $5.00 for today is spent or reserved. | Change Budget";

let ledger: MemoryLedger;
beforeEach(() => {
  fakeEditor.reset();
  ledger = new MemoryLedger();
});

/** As the store does it, for all windows. */
function warningsOfMachine(): Warnings {
  const told = new Set<string>();
  return {
    claim(matter) {
      const isFirst = !told.has(matter);
      told.add(matter);
      return Promise.resolve(succeed(isFirst));
    },
  };
}

function watch(given: Partial<SpendingWatchParts> = {}) {
  return createSpendingWatch({
    ledger,
    usage: {
      spentByModel: () => Promise.resolve(succeed([])),
      spentByHour: () => Promise.resolve(succeed([])),
    },
    clock: new FakeClock(),
    caps: () => ({ day: 5n * dollar }),
    warnAt: () => 80,
    conversationId: () => "c1",
    warnings: warningsOfMachine(),
    ...given,
  });
}

async function spend(id: string): Promise<void> {
  await ledger.reserve(reservation(id, { cost: 2n * dollar }), {});
}

it("warns when the share of a cap is spent that the user has set, and only once", async () => {
  const watching = watch();
  await spend("1");
  await watching.look();
  expect(fakeEditor.notified).toEqual([]);
  await spend("2");
  await watching.look();
  await watching.look();
  expect(fakeEditor.notified).toEqual([words]);
});

it("warns in one of the windows that look at the same moment", async () => {
  const warnings = warningsOfMachine();
  await spend("1");
  await spend("2");
  await Promise.all([watch({ warnings }).look(), watch({ warnings }).look()]);
  expect(fakeEditor.notified).toEqual([words]);
});

it("asks again at the next look when the store could not say who is to warn", async () => {
  const answers = [fail({ kind: "storeUnavailable", detail: "" }), succeed(true)];
  const watching = watch({
    warnings: { claim: () => Promise.resolve(answers.shift() ?? succeed(false)) },
  });
  await spend("1");
  await spend("2");
  await watching.look();
  expect(fakeEditor.notified).toEqual([]);
  await watching.look();
  expect(fakeEditor.notified).toEqual([words]);
});
