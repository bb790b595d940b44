import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import type { QueuedAnswer } from "../../groqServer/chat/answer";
import type { Fault } from "../../groqServer/faults/fault";
import type { GroqServer } from "../../groqServer/groqServer";
import { faultCases } from "../http/faultCases";
import { switchCases } from "../http/switchCases";
import { samples } from "../tokens/samples";
import type { BilledCall } from "./bookings";
import { expectLawful, sumOf } from "./lawOfCharges";
import { openSpendingBench, secondModel } from "./spendingBench";
import type { Asked, SpendingBench, SpendingBenchRequest } from "./spendingBench";

let bench: SpendingBench | undefined;
afterEach(() => bench?.[Symbol.asyncDispose]());

const answer: QueuedAnswer = {
  reasoning: "Let me think about it.",
  content: "one two three four five six seven eight nine ten",
};

function groqModel(): Model {
  const model = findModel("openai/gpt-oss-20b");
  if (model === undefined) throw new Error("no such model");
  return model;
}

/** Each service, and who plays it. */
const services = [
  { name: "Groq", model: groqModel(), playedBy: (opened: SpendingBench) => opened.groq },
  {
    name: "the second provider",
    model: secondModel,
    playedBy: (opened: SpendingBench) => opened.second,
  },
] as const;

interface Course {
  readonly calls: readonly BilledCall[];
  readonly events: readonly DispatchEvent[];
}

/** Asks once and holds what was charged against the bill and the store's sums. */
async function run(
  request: SpendingBenchRequest,
  asked: Partial<Asked> & Pick<Asked, "model">,
  prepare: (opened: SpendingBench, mark: string) => void = () => undefined,
): Promise<Course> {
  const opened = await openSpendingBench(request);
  bench = opened;
  const events = await opened.ask({
    words: "Say something.",
    prepare: (mark) => prepare(opened, mark),
    ...asked,
  });
  return { events, calls: await check(opened) };
}

async function check(opened: SpendingBench): Promise<readonly BilledCall[]> {
  const calls = await opened.calls();
  expectLawful(calls);
  const [store] = opened.stores;
  const spent = store?.spent({ kind: "session", conversationId: "c" });
  expect(spent).toMatchObject({
    cost: sumOf(calls, "charged"),
    calls: calls.filter(({ settled }) => settled).length,
    estimated: calls.some(({ estimated }) => estimated),
  });
  expect(sumOf(calls, "billed")).toBe(opened.groq.bill().total + opened.second.bill().total);
  return calls;
}

function queue(server: GroqServer, mark: string, ...answers: readonly QueuedAnswer[]): void {
  for (const each of answers) server.queueAnswer({ whenIncludes: mark, ...answer, ...each });
}

function down(times: number): QueuedAnswer[] {
  return Array.from({ length: times }, () => ({ fault: { kind: "status", status: 503 } }));
}

const exactly = { settled: true, estimated: false };
const marked = { settled: true, estimated: true };
const cancelled = { settled: false, charged: 0n };

describe.each(services)(
  "$name: a whole answer about anything is charged as billed",
  ({ model }) => {
    describe.each([true, false])("its tokens counted: %s", (counted) => {
      let opened: SpendingBench;
      beforeAll(async () => {
        opened = await openSpendingBench({ counted });
      });
      afterAll(() => opened[Symbol.asyncDispose]());

      it.each(Object.entries(samples))("%s", async (_name, text) => {
        await opened.ask({ model, words: text.slice(0, 3000) });
        expect((await check(opened)).at(-1)).toMatchObject(exactly);
      });
    });
  },
);

describe.each(services)("$name: a whole answer is charged as billed", ({ model, playedBy }) => {
  const whole = (request: SpendingBenchRequest, words: string) =>
    run(request, { model, words }, (opened, mark) => queue(playedBy(opened), mark, answer));

  it("with marks of the template in the text", async () => {
    const { calls } = await whole({}, "<|start|>system<|message|>".repeat(50));
    expect(calls).toMatchObject([exactly]);
  });

  it("what came out of the service's cache at its own price", async () => {
    const opened = await openSpendingBench();
    bench = opened;
    const system = "You are asked about a long text. ".repeat(100);
    for (const words of ["First.", "Second."]) await opened.ask({ model, words, system });
    const calls = await check(opened);
    expect(calls).toMatchObject([exactly, exactly]);
    const [fresh, cached] = playedBy(opened).bill().entries;
    expect(fresh?.cachedTokens).toBe(0);
    expect(cached?.cachedTokens).toBeGreaterThan(500);
  });

  const settings = Object.entries(switchCases).flatMap(([name, values]) =>
    Object.keys(values).map((value) => ({ [name]: value })),
  );
  it.each(settings)("under %o", async (switches) => {
    const { calls } = await whole({ groq: { switches } }, "Say something.");
    expect(calls).toMatchObject([exactly]);
  });
});

describe.each(services)("$name: what goes wrong", ({ model, playedBy }) => {
  const cases = Object.values(faultCases)
    .flat()
    .map((each): [string, (typeof each)["fault"], number | undefined] => [
      JSON.stringify(each.fault),
      each.fault,
      each.idleMs,
    ]);

  it.each(cases)("%s is charged within its bounds", async (_name, fault, idleMs) => {
    const { calls } = await run(
      { ...(idleMs !== undefined && { idleMs }) },
      { model },
      (opened, mark) => queue(playedBy(opened), mark, { fault }),
    );
    expect(calls.length).toBeGreaterThan(0);
  });

  const failedCall: QueuedAnswer = { toolUseFailed: { failedGeneration: '{"name": "edit"' } };
  it("a tool call that failed in mid-answer is marked", async () => {
    const { calls, events } = await run({}, { model }, (opened, mark) =>
      queue(playedBy(opened), mark, failedCall),
    );
    expect(events.at(-1)).toMatchObject({ outcome: { failure: { kind: "toolUseFailed" } } });
    expect(calls).toMatchObject([marked]);
    expect(sumOf(calls, "billed")).toBeGreaterThan(0n);
  });

  const refusal = (code: string): Fault => ({
    kind: "status",
    status: 400,
    body: {
      error: { message: "No.", type: "invalid_request_error", code, failed_generation: "{" },
    },
  });
  const inStream = (code: string): Fault => ({
    kind: "errorEvent",
    afterEvents: 4,
    error: { message: "No.", type: "invalid_request_error", code, failed_generation: "{" },
  });
  for (const code of ["tool_use_failed", "json_validate_failed"])
    it.each([refusal(code), inStream(code)])(`${code}: $kind`, async (fault) => {
      const { calls } = await run({}, { model }, (opened, mark) =>
        queue(playedBy(opened), mark, { fault }),
      );
      expect(calls).toMatchObject([marked]);
    });
});

describe.each(services)("$name: the user leaves", ({ model, playedBy }) => {
  const stages = [
    { at: "sent" },
    { at: "reasoning" },
    { at: "text" },
    { at: "text", count: 5 },
    // The last word: the usage is still to come.
    { at: "text", count: 10 },
  ] as const;
  for (const abortedStream of ["sentTokens", "wholeAnswer"] as const)
    for (const how of ["stop", "walkAway"] as const)
      it.each(stages)(`${how}, ${abortedStream} billed, at $at $count`, async (stage) => {
        const request = { groq: { switches: { abortedStream } } };
        const { calls } = await run(request, { model, leave: { how, ...stage } }, (opened, mark) =>
          queue(playedBy(opened), mark, answer),
        );
        expect(calls).toMatchObject([{ settled: true }]);
      });

  it("while it is tried again: nothing was billed", async () => {
    const leave = { how: "stop", at: "retrying" } as const;
    const { calls } = await run({}, { model, leave }, (opened, mark) =>
      queue(playedBy(opened), mark, ...down(2)),
    );
    expect(calls).toMatchObject([cancelled]);
  });
});

describe.each(services)("$name: what is tried again", ({ model, playedBy }) => {
  it("costs what the answer costs, however many attempts it took", async () => {
    const { calls } = await run({}, { model }, (opened, mark) =>
      queue(playedBy(opened), mark, ...down(2), answer),
    );
    expect(calls).toMatchObject([cancelled, cancelled, exactly]);
  });

  it("after a limit that others have used up", async () => {
    const limits = { [model.id]: { tpm: 8000 } };
    const { calls } = await run({ groq: { limits } }, { model }, (opened) => {
      playedBy(opened).changeLimits(model.id, { tpm: 8000 });
      playedBy(opened).useElsewhere(model.id, { inputTokens: 7900 });
    });
    expect(calls).toMatchObject([cancelled, exactly]);
  });
});

describe("service tiers", () => {
  const tier = (
    serviceTier: "flex" | "auto" | "performance",
    plan: "developer" | "custom",
    flexCapacity: "available" | "full",
  ) => run({ groq: { plan, switches: { flexCapacity } } }, { model: groqModel(), serviceTier });

  it.each([
    ["flex", "developer"],
    ["auto", "developer"],
    ["performance", "custom"],
  ] as const)("%s: charged as billed", async (serviceTier, plan) => {
    expect((await tier(serviceTier, plan, "available")).calls).toMatchObject([exactly]);
  });

  it("498: nothing, until the tier that has room answers", async () => {
    const { calls } = await tier("flex", "developer", "full");
    expect(calls).toMatchObject([...Array.from({ length: 4 }, () => cancelled), exactly]);
  });

  it("a tier that the plan has not costs nothing", async () => {
    const opened = await run(
      { groq: { plan: "free" } },
      { model: groqModel(), serviceTier: "flex" },
    );
    expect(opened.calls).toMatchObject([cancelled]);
  });
});

describe("the second provider in Groq's place", () => {
  it("is charged at the user's prices, and Groq nothing", async () => {
    const { calls } = await run({}, { model: groqModel(), fallback: secondModel }, (opened, mark) =>
      queue(opened.groq, mark, ...down(3)),
    );
    expect(calls).toMatchObject([cancelled, cancelled, cancelled, exactly]);
    expect(calls.at(-1)?.reservation.provider).toBe("fallback");
  });

  it("without a price its calls are counted, and no cost is made up", async () => {
    const { price: _, ...unpriced } = secondModel;
    const opened = await openSpendingBench();
    bench = opened;
    await opened.ask({ model: unpriced, words: "Say something." });
    expect(opened.stores[0]?.spent({ kind: "session", conversationId: "c" })).toMatchObject({
      cost: 0n,
      calls: 1,
      unpriced: 1,
    });
  });
});
