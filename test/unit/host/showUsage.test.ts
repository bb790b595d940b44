import { expect, it } from "vitest";
import { fail } from "../../../src/core/dispatch/failure";
import type { Ledger } from "../../../src/core/dispatch/ledger";
import { showUsage } from "../../../src/host/commands/showUsage";
import { FakeClock } from "../../fakes/fakeClock";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { reservation, settlement } from "../store/storeSamples";

function bench(ledger: Ledger = new MemoryLedger()) {
  const shown: (string | undefined)[] = [];
  const panel = {
    show: (tab?: string) => void shown.push(tab),
    restore: () => undefined,
    refresh: () => undefined,
  };
  const run = (argument?: unknown) =>
    showUsage({ ledger, clock: new FakeClock(), panel }, argument);
  return { run, shown };
}

it("tells today and its month as plain data, what is under way included", async () => {
  const ledger = new MemoryLedger();
  await ledger.reserve(reservation("1", { day: "2026-11-03" }), {});
  await ledger.settle("1", settlement({ cost: 1_000_000_000_000n }));
  await ledger.reserve(reservation("2", { cost: 15_000_000n }), {});
  const { run, shown } = bench(ledger);
  expect(await run()).toEqual({
    ok: true,
    today: { calls: 1, costUsd: "0.000015000000", estimated: true, unpricedCalls: 0 },
    month: { calls: 2, costUsd: "1.000015000000", estimated: true, unpricedCalls: 0 },
  });
  expect(shown).toEqual([undefined]);
});

it("has no amount for calls without a known price, and one of nothing for no calls", async () => {
  const ledger = new MemoryLedger();
  await ledger.reserve(reservation("1", { day: "2026-11-03", cost: undefined }), {});
  expect(await bench(ledger).run()).toEqual({
    ok: true,
    today: { calls: 0, costUsd: "0.000000000000", estimated: false, unpricedCalls: 0 },
    month: { calls: 1, estimated: true, unpricedCalls: 1 },
  });
});

it.each([
  [{ tab: "projection" }, "projection"],
  [{ tab: "report" }, "report"],
  [{ tab: "elsewhere" }, undefined],
  ["projection", undefined],
])("%j opens the tab %s", async (argument, tab) => {
  const { run, shown } = bench();
  await run(argument);
  expect(shown).toEqual([tab]);
});

it("opens the page, too, where the store tells nothing", async () => {
  const failure = fail({ kind: "storeUnavailable", detail: "locked" });
  const ledger = Object.assign(new MemoryLedger(), { spent: () => Promise.resolve(failure) });
  const { run, shown } = bench(ledger);
  expect(await run()).toEqual(failure);
  expect(shown).toHaveLength(1);
});
