import { describe, expect, it } from "vitest";
import type { Caps } from "../../../src/core/budget/caps";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { reservation } from "../store/storeSamples";
import { dispatchBench, run, task, wholeAnswer } from "./dispatchBench";

describe("a request that does not fit yet waits", () => {
  it("in the open, until the moment it told", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    await bench.useUp(8000);
    const startedAt = bench.clock.now();
    const { events } = await run(bench);
    const [waiting] = events;
    if (waiting?.kind !== "waiting") throw new Error("it did not wait");
    expect(waiting.dimension).toBe("tpm");
    expect(waiting.untilMs - startedAt).toBe(total(bench.clock.slept));
    // About 2,150 tokens of 8,000 a minute.
    expect(waiting.untilMs - startedAt).toBeGreaterThan(15_000);
    expect(waiting.untilMs - startedAt).toBeLessThan(18_000);
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "complete" } });
  });

  it("once more when others took the room meanwhile", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    bench.clock.sleepsPass = false;
    await bench.useUp(8000);
    const running = run(bench);
    await letPromisesRun();
    bench.clock.advance(15_000);
    await letPromisesRun();
    await bench.useUp(8000);
    bench.clock.advance(15_000);
    await letPromisesRun();
    expect(bench.chatModel.requests).toEqual([]);
    bench.clock.sleepsPass = true;
    bench.clock.advance(15_000);
    expect((await running).outcome.kind).toBe("complete");
    expect(bench.clock.monotonic()).toBeGreaterThan(70_000);
  });

  it("and can be stopped: nothing was reserved, sent or taken", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    bench.clock.sleepsPass = false;
    await bench.useUp(8000);
    const abort = new AbortController();
    const running = run(bench, {}, abort.signal);
    await letPromisesRun();
    abort.abort();
    expect((await running).outcome).toEqual({ kind: "failed", failure: { kind: "stopped" } });
    expect(bench.ledger.bookings.size).toBe(0);
    expect(bench.chatModel.requests).toEqual([]);
    bench.clock.advance(60_000);
    expect(await bench.minute()).toEqual({ limit: 8000, free: 8000 });
  });
});

describe("what was sized before a wait is sized anew after it", () => {
  async function waiting(outputNeed: number, caps: Caps = {}) {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 }, caps);
    bench.clock.sleepsPass = false;
    await bench.useUp(8000);
    const running = run(bench, { outputNeed });
    await letPromisesRun();
    expect(bench.chatModel.requests).toEqual([]);
    return { bench, running };
  }

  it("where the limit is lower now", async () => {
    const { bench, running } = await waiting(4096);
    await bench.limiter.note((buckets, nowMs) => {
      const other = buckets.admit({ tokens: 1, outputCap: 1 }, nowMs);
      buckets.headers(other, { tpm: { limit: 3000, remaining: 0 } }, nowMs);
    });
    bench.clock.sleepsPass = true;
    bench.clock.advance(60_000);
    expect((await running).outcome.kind).toBe("complete");
    const [request] = bench.chatModel.requests;
    expect(request?.maxCompletionTokens).toBeLessThan(3000);
    expect(request?.maxCompletionTokens).toBeGreaterThan(2500);
  });

  it("where another window has spent part of the budget", async () => {
    const { bench, running } = await waiting(4096, { day: 3_000_000_000n });
    const spent = { ...reservation("of another window"), cost: 2_000_000_000n };
    const reservedAt = bench.clock.now();
    await bench.ledger.reserve({ ...spent, day: bench.clock.localDay(reservedAt) }, {});
    bench.clock.sleepsPass = true;
    bench.clock.advance(60_000);
    expect((await running).outcome.kind).toBe("complete");
    const [request] = bench.chatModel.requests;
    expect(request?.maxCompletionTokens).toBeLessThan(1700);
    expect(request?.maxCompletionTokens).toBeGreaterThanOrEqual(512);
  });
});

it("a wait that is stopped in the moment in which it is announced does not begin", async () => {
  const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
  bench.clock.sleepsPass = false;
  await bench.useUp(8000);
  const abort = new AbortController();
  const kinds: string[] = [];
  for await (const { kind } of bench.dispatcher.dispatch(task(), abort.signal)) {
    kinds.push(kind);
    if (kind === "waiting") abort.abort();
  }
  expect(kinds).toEqual(["waiting", "ended"]);
  expect(bench.clock.slept).toEqual([]);
});

describe("a long wait is told instead of slept through", () => {
  it("a day's limit is refused with its time", async () => {
    const bench = dispatchBench([wholeAnswer], { tpd: 200_000 });
    await bench.useUp(200_000);
    const { events, outcome } = await run(bench);
    expect(events.map(({ kind }) => kind)).toEqual(["ended"]);
    expect(outcome).toMatchObject({
      kind: "failed",
      failure: { kind: "rateLimited", dimension: "tpd" },
    });
    if (outcome.kind === "failed" && outcome.failure.kind === "rateLimited")
      expect(outcome.failure.retryAfterMs).toBeGreaterThan(600_000);
    expect(bench.clock.slept).toEqual([]);
    expect(bench.ledger.bookings.size).toBe(0);
  });

  it("a wait of a minute is slept", async () => {
    const bench = dispatchBench([wholeAnswer], { rpm: 1 });
    await bench.useUp(1);
    expect((await run(bench)).outcome.kind).toBe("complete");
    expect(total(bench.clock.slept)).toBe(60_000);
  });
});

describe("two at a time", () => {
  it("are not both admitted to room for one", async () => {
    const bench = dispatchBench([wholeAnswer, wholeAnswer], { tpm: 3000 });
    const one = run(bench);
    const other = run(bench);
    const results = await Promise.all([one, other]);
    const waited = results.map(({ events }) => events.some(({ kind }) => kind === "waiting"));
    expect(waited.filter(Boolean)).toHaveLength(1);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(["complete", "complete"]);
  });
});

it("believes the headers of an answer for the next request", async () => {
  const reported = { tpm: { limit: 8000, remaining: 100 } };
  const bench = dispatchBench([[{ kind: "limits", reported }, ...wholeAnswer], wholeAnswer]);
  await run(bench);
  const { events } = await run(bench);
  expect(events[0]).toMatchObject({ kind: "waiting", dimension: "tpm" });
});

it("believes the headers of a refusal for the next request", async () => {
  const failure = { kind: "rateLimited", dimension: "rpd", retryAfterMs: 1, detail: "" } as const;
  const reported = { rpd: { limit: 500, remaining: 0 } };
  const bench = dispatchBench([[{ kind: "failure", failure, reported, billable: false }]]);
  await run(bench);
  expect((await run(bench)).outcome).toEqual({
    kind: "failed",
    failure: expect.objectContaining({ kind: "rateLimited", dimension: "rpd" }),
  });
  expect(bench.chatModel.requests).toHaveLength(1);
});

describe("sizing the answer", () => {
  const check = (
    name: string,
    given: { lines: number; tpm?: number; tpd?: number; need?: number; floor?: number },
    expected: { atMost: number; atLeast: number } | "tooLarge",
  ) =>
    it(name, async () => {
      const { lines, tpm, tpd, need = 2048, floor = 512 } = given;
      const limits = { ...(tpm !== undefined && { tpm }), ...(tpd !== undefined && { tpd }) };
      const bench = dispatchBench([wholeAnswer], limits);
      const content = "const total = sum(1);\n".repeat(lines);
      const { outcome } = await run(bench, {
        messages: [{ role: "user", content }],
        outputNeed: need,
        outputFloor: floor,
      });
      const cap = bench.chatModel.requests[0]?.maxCompletionTokens;
      if (expected === "tooLarge") {
        expect(cap).toBeUndefined();
        expect(outcome).toMatchObject({ failure: { kind: "tooLarge" } });
      } else {
        expect(cap).toBeLessThanOrEqual(expected.atMost);
        expect(cap).toBeGreaterThanOrEqual(expected.atLeast);
      }
    });

  check(
    "a small prompt gets what it needs",
    { lines: 1, tpm: 8000 },
    { atMost: 2048, atLeast: 2048 },
  );
  check(
    "a larger one gets what the minute leaves",
    { lines: 950, tpm: 8000 },
    {
      atMost: 2047,
      atLeast: 512,
    },
  );
  check("one that leaves less than the floor is refused", { lines: 1100, tpm: 8000 }, "tooLarge");
  check(
    "without a known minute the context decides",
    { lines: 18_500 },
    {
      atMost: 2048,
      atLeast: 512,
    },
  );
  check("so does a day that is smaller", { lines: 1, tpd: 1500 }, { atMost: 1499, atLeast: 512 });
  check("larger than the context", { lines: 20_000 }, "tooLarge");
  check("a need under the floor is no way around it", { lines: 1, need: 100 }, "tooLarge");
});

it("tells by how much a request is too large", async () => {
  const bench = dispatchBench([], { tpm: 8000 });
  const content = "const total = sum(1);\n".repeat(1100);
  const { outcome } = await run(bench, { messages: [{ role: "user", content }] });
  if (outcome.kind !== "failed" || outcome.failure.kind !== "tooLarge") throw new Error("it fits");
  expect(outcome.failure.limit).toBe(8000);
  expect(outcome.failure.needed).toBeGreaterThan(8000);
  expect(task().outputFloor).toBe(512);
});

function total(sleeps: readonly number[]): number {
  return sleeps.reduce((sum, each) => sum + each, 0);
}
