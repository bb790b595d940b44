import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caps } from "../../../src/core/budget/caps";
import { parseDollars } from "../../../src/core/budget/money";
import type { Picodollars } from "../../../src/core/budget/money";
import { costOf } from "../../../src/core/budget/price";
import { findModel } from "../../../src/core/models/catalogue";
import { createModelBook } from "../../../src/core/models/modelBook";
import { collect } from "../../fakes/asyncSteps";
import { dispatchBench, knownModel, task, wholeAnswer } from "./dispatchBench";
import type { DispatchBench } from "./dispatchBench";

describe("a cap", () => {
  it("that is not reached changes nothing", async () => {
    const bench = dispatchBench([wholeAnswer], {}, { day: dollars("1") });
    expect(await outcomeOf(bench)).toBe("complete");
    expect(bench.chatModel.requests[0]?.maxCompletionTokens).toBe(2048);
  });

  it("makes the answer shorter before it refuses it", async () => {
    // 600,000 picodollars a token of output: about 1,500 tokens beside the prompt.
    const bench = dispatchBench([wholeAnswer], {}, { session: dollars("0.00095") });
    expect(await outcomeOf(bench)).toBe("complete");
    const cap = bench.chatModel.requests[0]?.maxCompletionTokens ?? 0;
    expect(cap).toBeLessThan(2048);
    expect(cap).toBeGreaterThanOrEqual(512);
  });

  it.for<[string, Caps]>([
    ["session", { session: dollars("0.0002") }],
    ["day", { session: dollars("5"), day: dollars("0.0002") }],
    ["month", { day: dollars("1"), month: dollars("0.0002") }],
  ])("of the %s refuses what would go below the floor, with numbers", async ([period, caps]) => {
    const bench = dispatchBench([wholeAnswer], {}, caps);
    const events = await collect(bench.dispatcher.dispatch(task(), new AbortController().signal));
    expect(events.at(-1)).toMatchObject({
      outcome: {
        failure: { kind: "overCap", period, cap: "200000000", spent: "0" },
      },
    });
    expect(bench.chatModel.requests).toEqual([]);
  });

  it("refuses a model without a known price, and not without the cap", async () => {
    const { price: _, ...unpriced } = knownModel();
    const capped = dispatchBench([wholeAnswer], {}, { month: dollars("100") });
    expect(await outcomeOf(capped, { model: unpriced })).toBe("noPrice");
    const free = dispatchBench([wholeAnswer], {});
    expect(await outcomeOf(free, { model: unpriced })).toBe("complete");
  });

  it("takes one with a price of the user's own", async () => {
    const price = { input: 1n, cachedInput: 1n, output: 1n };
    const rows = new Map([["my-model", { limits: {}, price }]]);
    const model = createModelBook(undefined, rows).find("my-model");
    const bench = dispatchBench([wholeAnswer], {}, { month: dollars("100") });
    expect(await outcomeOf(bench, { model })).toBe("complete");
  });

  it("is asked at each request anew", async () => {
    const bench = dispatchBench([wholeAnswer, wholeAnswer], {}, { day: dollars("0.0013") });
    expect(await outcomeOf(bench)).toBe("complete");
    const [spent] = [...bench.ledger.bookings.values()];
    expect(spent?.kind).toBe("settled");
    expect(await outcomeOf(bench)).toBe("complete");
  });
});

describe("ways out of a cap", () => {
  const small = findModel("openai/gpt-oss-20b") ?? knownModel();
  const fallback = { ...small, id: "local-model", provider: "fallback" as const };

  async function waysOut(bench: DispatchBench, given: Parameters<typeof task>[0] = {}) {
    const events = await collect(
      bench.dispatcher.dispatch(task(given), new AbortController().signal),
    );
    const last = events.at(-1);
    return last?.kind === "ended" ? last.waysOut : undefined;
  }

  it("are models that stay within it, and not the service that is asked after Groq", async () => {
    const offers = { models: [knownModel(), small], fallback };
    const bench = dispatchBench([], {}, { day: dollars("0.0002") }, offers);
    expect(await waysOut(bench)).toEqual({ models: [small.id] });
  });

  it("are none where nothing stays within it", async () => {
    const offers = { models: [knownModel(), small], fallback };
    expect(await waysOut(dispatchBench([], {}, { day: 1n }, offers))).toBeUndefined();
  });

  it("are a prompt so short that it can be paid", async () => {
    const line = "const total = sum(1);\n";
    const of = (count: number) => [{ role: "user" as const, content: line.repeat(count) }];
    const caps = { day: dollars("0.003") };
    const smaller = (await waysOut(dispatchBench([], {}, caps), { messages: of(3000) }))?.smaller;
    if (smaller?.kind !== "shorterPrompt") throw new Error("nothing was offered");
    const bench = dispatchBench([wholeAnswer], {}, caps);
    const whole = await bench.dispatcher.forecast(task({ messages: of(3000) }));
    const tokens = whole.ok ? whole.value.prompt.likely : 0;
    const lines = Math.floor((3000 * smaller.promptTokens) / tokens);
    expect(lines).toBeGreaterThan(700);
    expect(await outcomeOf(bench, { messages: of(lines) })).toBe("complete");
  });
});

describe("whatever is asked", () => {
  const priced = ["openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b"];

  it("no cap is ever broken, even if each allowed token is used", async () => {
    const step = fc.record({
      model: fc.constantFrom(...priced),
      content: fc.string({ maxLength: 400 }),
      need: fc.integer({ min: 512, max: 4096 }),
      conversation: fc.constantFrom("a", "b"),
    });
    const amount = fc.integer({ min: 1, max: 20_000 }).map((micro) => BigInt(micro) * 1_000_000n);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        amount,
        amount,
        async (steps, session, day) => {
          const caps = { session, day, month: day * 2n };
          // A stream that ends without usage is charged in full: the worst that can happen to a cap.
          const bench = dispatchBench(
            steps.map(() => []),
            {},
            caps,
          );
          for (const { model, content, need, conversation } of steps) {
            const found = findModel(model) ?? knownModel();
            const messages = [{ role: "user", content }] as const;
            await outcomeOf(bench, {
              model: found,
              messages,
              outputNeed: need,
              conversationId: conversation,
            });
            for (const id of ["a", "b"])
              expect(await spentIn(bench, id)).toBeLessThanOrEqual(session);
            expect(await spentIn(bench)).toBeLessThanOrEqual(day);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("what is reserved is the price of the prompt's bound and of each allowed token", async () => {
    const bench = dispatchBench([wholeAnswer], {}, { day: dollars("1") });
    await outcomeOf(bench);
    const [booking] = [...bench.ledger.bookings.values()];
    const { price } = knownModel();
    if (price === undefined) throw new Error("no price");
    const atLeast = costOf(
      { promptTokens: 0, cachedTokens: 0, completionTokens: 2048, reasoningTokens: 0 },
      price,
    );
    expect(booking?.reservation.cost).toBeGreaterThan(atLeast);
  });
});

function dollars(text: string): Picodollars {
  const amount = parseDollars(text);
  if (amount === undefined) throw new Error(`no amount: ${text}`);
  return amount;
}

async function outcomeOf(
  bench: DispatchBench,
  given: Parameters<typeof task>[0] = {},
): Promise<string> {
  const events = await collect(
    bench.dispatcher.dispatch(task(given), new AbortController().signal),
  );
  const last = events.at(-1);
  if (last?.kind !== "ended") throw new Error("it did not end");
  return last.outcome.kind === "complete" ? "complete" : last.outcome.failure.kind;
}

async function spentIn(bench: DispatchBench, conversationId?: string): Promise<Picodollars> {
  const day = bench.clock.localDay(bench.clock.now());
  const spend = await bench.ledger.spent(
    conversationId === undefined ? { kind: "day", day } : { kind: "session", conversationId },
  );
  return spend.ok ? spend.value.cost : 0n;
}
