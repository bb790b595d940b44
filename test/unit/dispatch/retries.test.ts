import { describe, expect, it } from "vitest";
import type { ServiceTier } from "../../../src/core/dispatch/chatModel";
import type { Failure } from "../../../src/core/dispatch/failure";
import { collect } from "../../fakes/asyncSteps";
import type { ScriptedStep } from "../../fakes/scriptedChatModel";
import { dispatchBench, task, wholeAnswer } from "./dispatchBench";

const failed = (failure: Failure, billable = false): ScriptedStep[] => [
  { kind: "failure", failure, billable },
];
const serverError: Failure = { kind: "serverError", status: 503, detail: "" };
const unreachable: Failure = { kind: "unreachable", origin: "https://api.groq.com", detail: "" };
const overCapacity: Failure = { kind: "overCapacity", status: 498, detail: "" };
const semantic: Failure = { kind: "badRequest", status: 422, detail: "" };
const limited = (retryAfterMs: number): Failure => ({
  kind: "rateLimited",
  dimension: "rpm",
  retryAfterMs,
  detail: "",
});

async function run(scripts: readonly (readonly ScriptedStep[])[], stopWhileRetrying = false) {
  const bench = dispatchBench(scripts, {});
  const abort = new AbortController();
  const events = [];
  for await (const event of bench.dispatcher.dispatch(task(), abort.signal)) {
    events.push(event);
    if (stopWhileRetrying && event.kind === "retrying") abort.abort();
  }
  const last = events.at(-1);
  if (last?.kind !== "ended") throw new Error("it did not end");
  return { bench, events, outcome: last.outcome, sent: bench.chatModel.requests.length };
}

describe("what is tried again", () => {
  const check = (name: string, failure: Failure, expected: { attempts: number; slept: number[] }) =>
    it(name, async () => {
      const always = Array.from({ length: 6 }, () => failed(failure));
      const { bench, outcome, sent } = await run(always);
      expect(outcome).toMatchObject({ kind: "failed", failure: { kind: failure.kind } });
      expect(sent).toBe(expected.attempts);
      expect(bench.clock.slept).toEqual(expected.slept);
      expect([...bench.ledger.bookings.values()].map(({ kind }) => kind)).toEqual(
        Array.from({ length: sent }, () => "cancelled"),
      );
    });

  // Chance falls on its lowest: half of each back-off.
  check("an error of the service, with back-off", serverError, { attempts: 3, slept: [500, 1000] });
  check("no way there", unreachable, { attempts: 3, slept: [500, 1000] });
  check("a certificate of nobody", { ...unreachable, untrusted: true }, { attempts: 1, slept: [] });
  check("no capacity", overCapacity, { attempts: 4, slept: [500, 1000, 2000] });
  check("a short limit, as told", limited(2000), { attempts: 3, slept: [2000, 2000] });
  check("a daily limit: never", limited(600_000), { attempts: 1, slept: [] });
  check("422: once", semantic, { attempts: 2, slept: [0] });
  check("400: never", { ...semantic, status: 400 }, { attempts: 1, slept: [] });
  check("a wrong key: never", { kind: "invalidKey", detail: "" }, { attempts: 1, slept: [] });
});

it("goes as soon as a refusal without numbers told: nothing was taken", async () => {
  const bench = dispatchBench([failed(limited(2000)), [...wholeAnswer]], { tpm: 3000 });
  const events = await collect(bench.dispatcher.dispatch(task(), new AbortController().signal));
  expect(events.at(-1)).toMatchObject({ outcome: { kind: "complete" } });
  expect(bench.clock.monotonic()).toBe(2000);
});

it("does not go before a refusal told, though its numbers are of a larger request", async () => {
  const told = { limit: 12_000, used: 2542, requested: 9855 };
  const asked = { dimension: "tpm", retryAfterMs: 1985, detail: "" } as const;
  const refusal: Failure = { kind: "rateLimited", ...asked, told };
  const { bench, events, outcome } = await run([failed(refusal), wholeAnswer]);
  expect(outcome.kind).toBe("complete");
  expect(events.map(({ kind }) => kind).slice(0, 4)).toEqual([
    "sent",
    "retrying",
    "waiting",
    "sent",
  ]);
  expect(bench.clock.monotonic()).toBe(1985);
});

it("each kind of failure has its own number of retries", async () => {
  const tooLarge: Failure = { kind: "tooLarge", limit: 6000, needed: 7000, dimension: "tpm" };
  const course = [serverError, tooLarge, semantic, limited(2000), serverError, limited(2000)];
  const { outcome, sent } = await run([...course.map((failure) => failed(failure)), wholeAnswer]);
  expect(outcome.kind).toBe("complete");
  expect(sent).toBe(course.length + 1);
  expect((await run([...course, ...course].map((failure) => failed(failure)))).sent).toBe(7);
});

it("nothing more is sent before the time that a refusal without numbers told", async () => {
  const { bench } = await run([failed(limited(600_000)), [...wholeAnswer]]);
  const again = await collect(bench.dispatcher.dispatch(task(), new AbortController().signal));
  expect(again.at(-1)).toMatchObject({
    outcome: { failure: { kind: "rateLimited", dimension: "unknown", retryAfterMs: 600_000 } },
  });
  expect(bench.chatModel.requests).toHaveLength(1);
});

describe("a service tier without room (498)", () => {
  const tiersAsked = async (serviceTier: ServiceTier | undefined, scripts: ScriptedStep[][]) => {
    const bench = dispatchBench(scripts, {});
    const given = serviceTier === undefined ? {} : { serviceTier };
    await collect(bench.dispatcher.dispatch(task(given), new AbortController().signal));
    return bench.chatModel.requests.map((request) => request.serviceTier);
  };
  const always = Array.from({ length: 8 }, () => failed(overCapacity));

  it.each(["flex", "auto", "performance"] as const)(
    "%s is tried with jitter, then on_demand",
    async (tier) => {
      expect(await tiersAsked(tier, [...always.slice(0, 4), [...wholeAnswer]])).toEqual([
        ...Array.from({ length: 4 }, () => tier),
        "on_demand",
      ]);
    },
  );

  it("on_demand is the last that is asked", async () => {
    expect(await tiersAsked("flex", always)).toHaveLength(5);
    expect(await tiersAsked("on_demand", always)).toHaveLength(4);
    expect(await tiersAsked(undefined, always)).toHaveLength(4);
  });
});

it("answers when another attempt succeeds, and tells what it waited for", async () => {
  const { events, outcome } = await run([failed(serverError), wholeAnswer]);
  expect(outcome.kind).toBe("complete");
  expect(events.map(({ kind }) => kind)).toEqual([
    "sent",
    "retrying",
    "sent",
    "reasoning",
    "text",
    "text",
    "ended",
  ]);
  expect(events[1]).toMatchObject({ failure: { kind: "serverError" } });
});

it("repeats nothing that was or may be billed", async () => {
  expect((await run([failed(unreachable, true), wholeAnswer])).sent).toBe(1);
  expect((await run([failed(serverError, true), wholeAnswer])).sent).toBe(1);
});

it("repeats nothing that has begun to answer", async () => {
  const begun: ScriptedStep[] = [{ kind: "text", text: "Half" }, ...failed(serverError)];
  expect((await run([begun, wholeAnswer])).sent).toBe(1);
});

it("is stopped while it waits", async () => {
  const { outcome, sent } = await run([failed(serverError), wholeAnswer], true);
  expect(outcome).toEqual({ kind: "failed", failure: { kind: "stopped" } });
  expect(sent).toBe(1);
});

describe("a request that is larger than the limit that was believed", () => {
  const tooLarge = (limit: number, needed: number): Failure => ({
    kind: "tooLarge",
    limit,
    needed,
    dimension: "tpm",
  });

  it("is repaired once from the numbers told", async () => {
    const { bench, outcome } = await run([failed(tooLarge(6000, 7000)), wholeAnswer]);
    expect(outcome.kind).toBe("complete");
    expect(bench.chatModel.requests.map((request) => request.maxCompletionTokens)).toEqual([
      2048, 1048,
    ]);
  });

  it("is not repaired twice", async () => {
    const again = failed(tooLarge(6000, 6100));
    expect((await run([again, again, wholeAnswer])).sent).toBe(2);
  });

  it("is not made smaller than its floor", async () => {
    expect((await run([failed(tooLarge(6000, 8000)), wholeAnswer])).sent).toBe(1);
  });
});

it("repeats nothing while the service keeps failing, until an answer comes", async () => {
  const scripts = [
    ...Array.from({ length: 5 }, () => failed(serverError)),
    wholeAnswer,
    failed(serverError),
    wholeAnswer,
  ];
  const bench = dispatchBench(scripts, {});
  const sent = async () => {
    const before = bench.chatModel.requests.length;
    await collect(bench.dispatcher.dispatch(task(), new AbortController().signal));
    return bench.chatModel.requests.length - before;
  };
  expect([await sent(), await sent(), await sent(), await sent()]).toEqual([3, 1, 1, 1]);
  expect(await sent()).toBe(2);
});
