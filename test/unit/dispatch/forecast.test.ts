import { describe, expect, it } from "vitest";
import type { Forecast } from "../../../src/core/dispatch/forecast";
import { dispatchBench, knownModel, run, task, wholeAnswer } from "./dispatchBench";
import type { DispatchBench } from "./dispatchBench";

async function foretell({ dispatcher }: DispatchBench, lines = 1): Promise<Forecast> {
  const content = "const total = sum(1);\n".repeat(lines);
  const foretold = await dispatcher.forecast(task({ messages: [{ role: "user", content }] }));
  if (!foretold.ok) throw new Error(foretold.failure.kind);
  return foretold.value;
}

describe("a forecast", () => {
  it("says now, with the tokens, the most that it can cost, and the length of the answer", async () => {
    const bench = dispatchBench([]);
    const { prompt, maxCompletionTokens, cost, admission, smaller } = await foretell(bench);
    expect(admission).toEqual({ kind: "now" });
    expect(maxCompletionTokens).toBe(2048);
    expect(smaller).toBeUndefined();
    expect(cost).toEqual({
      // $0.15 and $0.60 for a million tokens.
      prompt: BigInt(prompt.likely) * 150_000n,
      most: BigInt(prompt.bound) * 150_000n + 2048n * 600_000n,
    });
  });

  it("reserves, takes and sends nothing", async () => {
    const bench = dispatchBench([]);
    await foretell(bench);
    await foretell(bench);
    expect(bench.ledger.bookings.size).toBe(0);
    expect(bench.chatModel.requests).toEqual([]);
    expect((await bench.minute())?.free).toBe(8000);
  });

  it("says when, and how much shorter an answer would go now", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    await bench.useUp(7000);
    const { prompt, admission, smaller } = await foretell(bench);
    const wait = Math.ceil(((prompt.upper + 2048 - 1000) / 8000) * 60_000);
    expect(admission).toEqual({ kind: "wait", ms: wait, dimension: "tpm" });
    expect(smaller).toEqual({
      kind: "shorterAnswer",
      maxCompletionTokens: 1000 - prompt.upper,
    });
    const startedAt = bench.clock.now();
    const { events } = await run(bench, {
      messages: [{ role: "user", content: "const total = sum(1);\n" }],
    });
    expect(events[0]).toEqual({ kind: "waiting", untilMs: startedAt + wait, dimension: "tpm" });
  });

  it("says never for what is larger than the minute, and how large it may be", async () => {
    const { admission, smaller, maxCompletionTokens } = await foretell(dispatchBench([]), 1500);
    expect(admission).toMatchObject({ kind: "never", failure: { kind: "tooLarge", limit: 8000 } });
    expect(maxCompletionTokens).toBe(0);
    expect(smaller).toEqual({ kind: "shorterPrompt", promptTokens: 8000 - 512 - 32 });
  });

  it("offers no shorter answer while others stand in line, or while the service admits nothing", async () => {
    const bench = dispatchBench([], { tpm: 8000 });
    await bench.useUp(6500);
    expect((await foretell(bench)).smaller?.kind).toBe("shorterAnswer");
    const ahead = { need: { tokens: 4000, outputCap: 0 }, requestClass: "interactive" } as const;
    const entered = await bench.limiter.enter(ahead);
    if (!entered.ok || entered.value.kind !== "wait") throw new Error("it does not wait");
    expect((await foretell(bench)).smaller).toBeUndefined();
    await bench.limiter.leave(entered.value.place);
    expect((await foretell(bench)).smaller?.kind).toBe("shorterAnswer");
    await bench.limiter.note((buckets, nowMs) => {
      const ticket = buckets.admit({ tokens: 1, outputCap: 1 }, nowMs);
      buckets.refused(ticket, { waitMs: 30_000 }, {}, nowMs);
    });
    expect((await foretell(bench)).smaller).toBeUndefined();
  });

  it("offers no prompt that the budget cannot pay", async () => {
    const smallerFor = async (day: bigint) =>
      (await foretell(dispatchBench([], { tpm: 8000 }, { day }), 1500)).smaller;
    // The shortest answer costs 307,200,000, and each token of the prompt 150,000.
    const smaller = await smallerFor(500_000_000n);
    if (smaller?.kind !== "shorterPrompt") throw new Error("nothing is offered");
    expect(smaller.promptTokens).toBeGreaterThan(1100);
    expect(smaller.promptTokens).toBeLessThan(1285);
    expect(await smallerFor(340_000_000n)).toBeUndefined();
  });

  it("says never for a day that is used up, with its time, as the request itself would", async () => {
    const bench = dispatchBench([], { tpd: 200_000 });
    await bench.useUp(200_000);
    const { admission } = await foretell(bench);
    const { outcome } = await run(bench, {
      messages: [{ role: "user", content: "const total = sum(1);\n" }],
    });
    if (outcome.kind !== "failed") throw new Error("it was sent");
    expect(admission).toEqual({ kind: "never", failure: outcome.failure });
  });

  it("says never over a cap", async () => {
    const bench = dispatchBench([], {}, { day: 1_000_000n });
    expect((await foretell(bench)).admission).toMatchObject({
      kind: "never",
      failure: { kind: "overCap", period: "day" },
    });
  });

  it("has no price where none is known", async () => {
    const bench = dispatchBench([]);
    const { price: _, ...unpriced } = knownModel();
    const foretold = await bench.dispatcher.forecast(task({ model: unpriced }));
    expect(foretold).toMatchObject({ ok: true, value: { admission: { kind: "now" } } });
    expect(foretold.ok && foretold.value.cost).toBeUndefined();
  });
});
