import { describe, expect, it, vi } from "vitest";
import { costOf } from "../../../src/core/budget/price";
import type { ChatModelEvent } from "../../../src/core/dispatch/chatModel";
import type { Failure } from "../../../src/core/dispatch/failure";
import { letPromisesRun } from "../../fakes/asyncSteps";
import type { ScriptedStep } from "../../fakes/scriptedChatModel";
import { dispatchBench, knownModel, run, task, usage, wholeAnswer } from "./dispatchBench";

const price = knownModel().price ?? { input: 0n, cachedInput: 0n, output: 0n };

function failure(kind: Failure["kind"], billable: boolean): ChatModelEvent {
  const failures: Partial<Record<Failure["kind"], Failure>> = {
    noKey: { kind: "noKey" },
    invalidKey: { kind: "invalidKey", detail: "" },
    serverError: { kind: "serverError", status: 503, detail: "" },
    cutOff: { kind: "cutOff" },
    unreachable: { kind: "unreachable", origin: "https://api.groq.com", detail: "" },
    rateLimited: { kind: "rateLimited", dimension: "tpm", retryAfterMs: 2000, detail: "" },
  };
  const found = failures[kind];
  if (found === undefined) throw new Error(`no example of ${kind}`);
  return { kind: "failure", failure: found, billable };
}

describe("a whole answer", () => {
  it("passes through in order and is settled from its usage", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const { events, outcome } = await run(bench);
    expect(events.map(({ kind }) => kind)).toEqual(["sent", "reasoning", "text", "text", "ended"]);
    expect(outcome).toMatchObject({
      kind: "complete",
      finishReason: "stop",
      settlement: { usage, cost: costOf(usage, price), estimated: false },
    });
    expect([...bench.ledger.bookings.values()]).toMatchObject([
      { kind: "settled", settlement: { usage } },
    ]);
  });

  it("stays whole when its connection is lost behind it", async () => {
    const bench = dispatchBench([[...wholeAnswer, failure("cutOff", true)]]);
    expect((await run(bench)).outcome).toMatchObject({
      kind: "complete",
      settlement: { usage, estimated: false },
    });
  });

  it("without usage was cut off, but for a service that need not tell it", async () => {
    const withoutUsage = wholeAnswer.filter(({ kind }) => kind !== "usage");
    const bench = dispatchBench([withoutUsage, withoutUsage]);
    const settlement = { estimated: true };
    expect((await run(bench)).outcome).toMatchObject({
      kind: "failed",
      failure: { kind: "cutOff" },
      settlement,
    });
    const elsewhere = { model: { ...knownModel(), provider: "fallback" } } as const;
    const { outcome } = await run(bench, elsewhere);
    expect(outcome).toMatchObject({ kind: "complete", settlement });
  });

  it("whose usage nobody told is charged at the most that it can have cost, and ends its ticket", async () => {
    const bench = dispatchBench([wholeAnswer.filter(({ kind }) => kind !== "usage")]);
    await run(bench);
    const [booking] = bench.ledger.bookings.values();
    if (booking?.kind !== "settled") throw new Error("it was not settled");
    expect(booking.settlement.cost).toBe(booking.reservation.cost);
    bench.clock.advance(120_000);
    expect((await bench.minute())?.free).toBe((await bench.minute())?.limit);
  });

  it("is charged by the larger of two counts", async () => {
    const fewer: ChatModelEvent = { kind: "usage", usage: { ...usage, completionTokens: 1 } };
    for (const script of [
      [...wholeAnswer, fewer],
      [...wholeAnswer.slice(0, -1), fewer, ...wholeAnswer.slice(-1)],
    ]) {
      const { outcome } = await run(dispatchBench([script]));
      expect(outcome).toMatchObject({ settlement: { usage, cost: costOf(usage, price) } });
    }
  });

  it("is timed by the monotonic clock", async () => {
    const [limits, ...rest] = wholeAnswer;
    if (limits === undefined) throw new Error("empty");
    const passed = (ms: number) => ({ kind: "passTime", ms }) as const;
    const bench = dispatchBench([[limits, passed(120), ...rest, passed(880)]]);
    expect((await run(bench)).outcome).toMatchObject({
      settlement: { timeToFirstTokenMs: 120, durationMs: 1000 },
    });
  });

  it("ends when all that it taught is stored, and not before", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const { promise: stored, resolve: store } = Promise.withResolvers<void>();
    const { note } = bench.limiter;
    vi.spyOn(bench.limiter, "note").mockImplementation((act) => stored.then(() => note(act)));
    let ended = false;
    const running = run(bench).then(() => (ended = true));
    await letPromisesRun();
    expect(ended).toBe(false);
    store();
    await running;
    // The prompt's 80 tokens and the answer's 40, of which some readings give nothing back.
    expect(await bench.minute()).toMatchObject({ limit: 8000, free: 5872 });
  });

  it("belongs to the day of its reservation, after the wait", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    bench.clock.advance(12 * 3_600_000 - 10_000);
    await bench.useUp(8000);
    await run(bench);
    expect([...bench.ledger.bookings.values()]).toMatchObject([
      { reservation: { day: "2026-11-21", conversationId: "conversation", task: "chat" } },
    ]);
  });
});

describe("what the ledger is told of an answer that did not come whole", () => {
  const check = (
    name: string,
    steps: readonly ScriptedStep[],
    expected: { failure: Failure["kind"]; booking: "cancelled" | "estimated" | "reported" },
  ) =>
    it(name, async () => {
      const bench = dispatchBench([steps, steps, steps]);
      const { outcome } = await run(bench);
      expect(outcome).toMatchObject({ kind: "failed", failure: { kind: expected.failure } });
      const [booking] = bench.ledger.bookings.values();
      if (expected.booking === "cancelled") {
        expect(booking?.kind).toBe("cancelled");
        expect(outcome).not.toHaveProperty("settlement");
        return;
      }
      const estimated = expected.booking === "estimated";
      expect(booking).toMatchObject({ kind: "settled", settlement: { estimated } });
      if (estimated && booking?.kind === "settled")
        expect(booking.settlement.cost).toBe(booking.reservation.cost);
    });
  const [limits, reasoning, text, , finish, used] = wholeAnswer;
  if (!limits || !reasoning || !text || !finish || !used) throw new Error("not whole");

  check("no key", [failure("noKey", false)], { failure: "noKey", booking: "cancelled" });
  check("refused", [failure("serverError", false)], {
    failure: "serverError",
    booking: "cancelled",
  });
  check("broken off after it began", [limits, text, failure("cutOff", true)], {
    failure: "cutOff",
    booking: "estimated",
  });
  check("ended without a word", [limits, text], { failure: "cutOff", booking: "estimated" });
  check("ended before anything", [], { failure: "cutOff", booking: "estimated" });
  check("usage, and more of the answer", [limits, text, used, text], {
    failure: "cutOff",
    booking: "estimated",
  });
  check("usage, but no finish", [limits, text, used], { failure: "cutOff", booking: "reported" });
  check("cut off after its usage", [limits, text, used, failure("cutOff", true)], {
    failure: "cutOff",
    booking: "reported",
  });
  check("failed behind its end", [limits, text, finish, used, failure("serverError", true)], {
    failure: "serverError",
    booking: "reported",
  });
});

describe("a reservation never stays open", () => {
  it("when the reader leaves after the first word", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const signal = new AbortController().signal;
    for await (const event of bench.dispatcher.dispatch(task(), signal))
      if (event.kind === "text") break;
    expect([...bench.ledger.bookings.values()]).toMatchObject([{ kind: "settled" }]);
    expect(bench.chatModel.open).toBe(0);
  });

  it("when the model breaks its promise and throws", async () => {
    const error = new Error("a bug");
    const bench = dispatchBench([[...wholeAnswer.slice(0, 3), { kind: "throw", error }]]);
    await expect(run(bench)).rejects.toBe(error);
    expect([...bench.ledger.bookings.values()]).toMatchObject([
      { kind: "settled", settlement: { estimated: true } },
    ]);
  });

  it("when the user stops in the middle", async () => {
    const bench = dispatchBench([[...wholeAnswer.slice(0, 3), { kind: "hang" }]]);
    const abort = new AbortController();
    const running = run(bench, {}, abort.signal);
    await letPromisesRun();
    expect(bench.chatModel.open).toBe(1);
    abort.abort();
    expect((await running).outcome).toMatchObject({
      kind: "failed",
      failure: { kind: "stopped" },
      settlement: { estimated: true },
    });
    expect(bench.chatModel.open).toBe(0);
  });

  it("when the user stops while it is being reserved: nothing is sent", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const abort = new AbortController();
    const reserve = bench.ledger.reserve.bind(bench.ledger);
    bench.ledger.reserve = (reservation, caps) => {
      abort.abort();
      return reserve(reservation, caps);
    };
    const { outcome } = await run(bench, {}, abort.signal);
    expect(outcome).toEqual({ kind: "failed", failure: { kind: "stopped" } });
    expect(bench.chatModel.requests).toEqual([]);
    expect([...bench.ledger.bookings.values()]).toMatchObject([{ kind: "cancelled" }]);
    expect(await bench.minute()).toEqual({ limit: 8000, free: 8000 });
  });
});

describe("nothing is sent", () => {
  it("when the ledger refuses, and its room is given back", async () => {
    const bench = dispatchBench([wholeAnswer]);
    bench.ledger.refusal = { kind: "storeUnavailable", detail: "database is locked" };
    const { events, outcome } = await run(bench);
    expect(events.map(({ kind }) => kind)).toEqual(["ended"]);
    expect(outcome).toEqual({ kind: "failed", failure: bench.ledger.refusal });
    expect(bench.chatModel.requests).toEqual([]);
    expect(await bench.minute()).toEqual({ limit: 8000, free: 8000 });
  });

  it("when the request is larger than the minute", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const content = "const total = items.length;\n".repeat(1500);
    const { outcome } = await run(bench, { messages: [{ role: "user", content }] });
    expect(outcome).toMatchObject({
      kind: "failed",
      failure: { kind: "tooLarge", limit: 8000, dimension: "tpm" },
    });
    expect(bench.ledger.bookings.size).toBe(0);
    expect(bench.chatModel.requests).toEqual([]);
  });

  it("when the user has stopped before", async () => {
    const bench = dispatchBench([wholeAnswer]);
    const { outcome } = await run(bench, {}, AbortSignal.abort());
    expect(outcome).toEqual({ kind: "failed", failure: { kind: "stopped" } });
    expect(bench.ledger.bookings.size).toBe(0);
  });
});

describe("what did not reach the service, or was refused for a limit, takes nothing", () => {
  const check = (kind: Failure["kind"], free: number) =>
    it(`${kind}: ${free} are free`, async () => {
      const refused = [failure(kind, false)];
      const bench = dispatchBench([refused, refused, refused]);
      await run(bench);
      const { free: left } = (await bench.minute()) ?? { free: -1 };
      if (free === 8000) expect(left).toBe(8000);
      else expect(left).toBeLessThan(8000 - 2048);
    });
  check("noKey", 8000);
  check("invalidKey", 8000);
  check("unreachable", 8000);
  // A refusal for a limit says itself that there was no room to take.
  check("rateLimited", 8000);
  // Failed there: what the service counted is not known, so the cautious side is kept.
  check("serverError", 5952);
});

it("sends the effort only to models that take it", async () => {
  const bench = dispatchBench([wholeAnswer, wholeAnswer]);
  await run(bench, { reasoningEffort: "high" });
  await run(bench, { reasoningEffort: "high", model: { ...knownModel(), reasoningEffort: false } });
  expect(bench.chatModel.requests.map((request) => request.reasoningEffort)).toEqual([
    "high",
    undefined,
  ]);
});

it("a limit that would not have admitted the answer it comes with closes no door", async () => {
  const reported = { tpm: { limit: 10, remaining: 10 } };
  const odd = wholeAnswer.map((event) =>
    event.kind === "limits" ? { ...event, reported } : event,
  );
  const bench = dispatchBench([odd, wholeAnswer]);
  await run(bench);
  expect((await bench.minute())?.limit).toBe(8000);
  expect((await run(bench)).outcome).toMatchObject({ kind: "complete" });
});

it("sends no half of a surrogate pair", async () => {
  const bench = dispatchBench([wholeAnswer]);
  await run(bench, { messages: [{ role: "user", content: "Say \ud83e, and 🦊." }] });
  expect(bench.chatModel.requests[0]?.messages).toEqual([
    { role: "user", content: "Say \ufffd, and 🦊." },
  ]);
});

it("a model without a price is booked without one, never as free", async () => {
  const bench = dispatchBench([wholeAnswer]);
  const { price: _, ...model } = knownModel();
  const { outcome } = await run(bench, { model });
  expect(outcome.settlement).toMatchObject({ cost: undefined, usage });
  expect(
    await bench.ledger.spent({ kind: "session", conversationId: "conversation" }),
  ).toMatchObject({
    value: { cost: 0n, calls: 1, unpriced: 1 },
  });
});
