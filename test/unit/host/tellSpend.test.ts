import { expect, it } from "vitest";
import { fail } from "../../../src/core/dispatch/failure";
import type { Ledger } from "../../../src/core/dispatch/ledger";
import { tellSpend } from "../../../src/host/commands/tellSpend";
import { FakeClock } from "../../fakes/fakeClock";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { reservation, settlement } from "../store/storeSamples";

const tell = (ledger: Ledger) => tellSpend(ledger, new FakeClock());

it("tells today and its month as plain data, what is under way included", async () => {
  const ledger = new MemoryLedger();
  await ledger.reserve(reservation("1", { day: "2026-11-03" }), {});
  await ledger.settle("1", settlement({ cost: 1_000_000_000_000n }));
  await ledger.reserve(reservation("2", { cost: 15_000_000n }), {});
  expect(await tell(ledger)).toEqual({
    ok: true,
    today: { calls: 1, costUsd: "0.000015000000", estimated: true, unpricedCalls: 0 },
    month: { calls: 2, costUsd: "1.000015000000", estimated: true, unpricedCalls: 0 },
  });
});

it("has no amount for calls without a known price, and one of nothing for no calls", async () => {
  const ledger = new MemoryLedger();
  await ledger.reserve(reservation("1", { day: "2026-11-03", cost: undefined }), {});
  expect(await tell(ledger)).toEqual({
    ok: true,
    today: { calls: 0, costUsd: "0.000000000000", estimated: false, unpricedCalls: 0 },
    month: { calls: 1, estimated: true, unpricedCalls: 1 },
  });
});

it("passes on why the store tells nothing", async () => {
  const failure = fail({ kind: "storeUnavailable", detail: "locked" });
  const ledger = Object.assign(new MemoryLedger(), { spent: () => Promise.resolve(failure) });
  expect(await tell(ledger)).toEqual(failure);
});
