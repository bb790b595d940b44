import * as fc from "fast-check";
import { expect, it } from "vitest";
import { capPeriods } from "../../../src/core/budget/caps";
import type { Caps } from "../../../src/core/budget/caps";
import type { DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import { spendScopes } from "../../../src/core/dispatch/spendScopes";
import type { BilledCall } from "./bookings";
import { expectLawful, sumOf } from "./lawOfCharges";
import { openSpendingBench } from "./spendingBench";
import type { SpendingBench } from "./spendingBench";
import { ask, course } from "./spendingSteps";

/** Any two of the services' dearest requests are more than the smallest of these. */
const cap = fc.option(fc.bigInt({ min: 300_000_000n, max: 20_000_000_000n }), {
  nil: undefined,
  freq: 2,
});

const capsOf = fc
  .record({ session: cap, day: cap, month: cap })
  .map(({ session, day, month }): Caps => {
    return {
      ...(session !== undefined && { session }),
      ...(day !== undefined && { day }),
      ...(month !== undefined && { month }),
    };
  });

/** What has come about in all runs: a law that nothing tests would hold, too. */
const seen = new Set<string>();

it("no sequence breaks a cap, and the ledger's sums are the bills' within their bounds", async () => {
  await fc.assert(
    fc.asyncProperty(course, capsOf, async ({ steps, switches }, caps) => {
      await using bench = await openSpendingBench({
        windows: 2,
        caps,
        groq: {
          clock: "stepped",
          // Two hours before a day ends, and a day before a month does.
          startAt: Date.UTC(2026, 10, 29, 22),
          plan: "developer",
          limits: { "openai/gpt-oss-120b": smallLimits, "openai/gpt-oss-20b": smallLimits },
          switches,
        },
      });
      for (let at = 0; at < steps.length; at++) {
        const [step, next] = steps.slice(at, at + 2);
        if (step === undefined) break;
        await bench.clock.advance(step.pauseMs);
        // The other window's question comes at the same moment.
        const both = next !== undefined && step.together && next.window !== step.window;
        const asked = both ? [ask(bench, step), ask(bench, next)] : [ask(bench, step)];
        for (const events of await Promise.all(asked)) noteEvents(events);
        if (both) at++;
      }
      const calls = await bench.calls();
      expectLawful(calls);
      expectSums(bench, calls);
      expectBilledWithin(caps, calls);
      noteCalls(calls);
    }),
    // A counterexample is looked at in good time, if not the smallest one.
    { numRuns: 60, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "charged exactly",
      "estimated",
      "cancelled",
      "by the second provider",
      "from the cache",
      "overCap",
      "waiting",
      "retrying",
      "fallingBack",
      "stopped",
    ]),
  );
}, 120_000);

const smallLimits = { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 };

/** Each sum of the store is that of its calls, in both windows; and the bills hold no more. */
function expectSums({ stores, groq, second }: SpendingBench, calls: readonly BilledCall[]): void {
  const kept = calls.filter(({ settled }) => settled);
  const scopes = kept.flatMap(({ reservation: { conversationId, day } }) =>
    Object.values(spendScopes(conversationId, day)),
  );
  for (const store of stores) {
    for (const scope of scopes) {
      const within = kept.filter(({ reservation: { conversationId, day } }) =>
        Object.values(spendScopes(conversationId, day)).some(
          (own) => JSON.stringify(own) === JSON.stringify(scope),
        ),
      );
      expect(store.spent(scope)).toMatchObject({
        cost: sumOf(within, "charged"),
        calls: within.length,
        estimated: within.some(({ estimated }) => estimated),
      });
    }
    for (const month of new Set(kept.map(({ reservation: { day } }) => day.slice(0, 7)))) {
      const rows = store.spentByModel(month);
      const within = kept.filter(({ reservation: { day } }) => day.startsWith(month));
      expect(rows.reduce((sum, row) => sum + row.cost, 0n)).toBe(sumOf(within, "charged"));
    }
  }
  const bills = groq.bill().total + second.bill().total;
  expect(sumOf(calls, "billed")).toBe(bills);
  expect(sumOf(calls, "charged")).toBeGreaterThanOrEqual(bills);
  const exact = calls.filter(({ estimated }) => !estimated);
  expect(sumOf(exact, "charged")).toBe(sumOf(exact, "billed"));
}

/** What the services bill is within the caps, too. */
function expectBilledWithin(caps: Caps, calls: readonly BilledCall[]): void {
  for (const period of capPeriods) {
    const most = caps[period];
    if (most === undefined) continue;
    const billed = new Map<string, bigint>();
    for (const { reservation, billed: amount } of calls) {
      const { conversationId, day } = reservation;
      const name = JSON.stringify(spendScopes(conversationId, day)[period]);
      billed.set(name, (billed.get(name) ?? 0n) + amount);
    }
    for (const sum of billed.values()) expect(sum).toBeLessThanOrEqual(most);
  }
}

function noteEvents(events: readonly DispatchEvent[]): void {
  for (const event of events) {
    seen.add(event.kind);
    if (event.kind === "ended" && event.outcome.kind === "failed")
      seen.add(event.outcome.failure.kind);
  }
}

function noteCalls(calls: readonly BilledCall[]): void {
  for (const { settled, estimated, cachedTokens, reservation } of calls) {
    if (!settled) seen.add("cancelled");
    else seen.add(estimated ? "estimated" : "charged exactly");
    if (settled && reservation.provider === "fallback") seen.add("by the second provider");
    if (cachedTokens > 0) seen.add("from the cache");
  }
}
