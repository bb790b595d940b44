import * as fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import { describe, expect, it } from "vitest";
import type { Usage } from "../../../src/core/budget/price";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import { catalogue } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import type { TokenEstimate } from "../../../src/core/tokens/estimateTokens";
import { estimatePrompt } from "../../../src/core/tokens/promptEstimate";
import type { ChatMessage } from "../../../src/core/dispatch/chatModel";
import { letPromisesRun } from "../../fakes/asyncSteps";
import type { ScriptedStep } from "../../fakes/scriptedChatModel";
import { dispatchBench, knownModel, task } from "./dispatchBench";
import type { DispatchBench } from "./dispatchBench";

const chatModels = catalogue.filter((model) => model.kind === "chat");

/** How a request goes on after it was sent. */
type Course =
  | { readonly kind: "whole" | "noUsage" | "noFinish" | "cut" | "hang" | "throw" }
  | { readonly kind: "failed"; readonly billable: boolean; readonly after: number };

/** What the user does meanwhile. */
type Act = "reads" | "leavesAtOnce" | "leavesLater" | "stopsBefore" | "stopsLater";

interface Step {
  readonly text: string;
  readonly model: number;
  readonly need: number;
  readonly course: Course;
  readonly act: Act;
  readonly ledgerRefuses: boolean;
  /** How much of what is allowed the service uses, in percent. */
  readonly used: number;
  readonly cached: number;
}

const course: fc.Arbitrary<Course> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Course>({ kind: "whole" }) },
  fc.constantFrom<Course>(
    { kind: "noUsage" },
    { kind: "noFinish" },
    { kind: "cut" },
    { kind: "hang" },
    { kind: "throw" },
  ),
  fc.record({
    kind: fc.constant("failed" as const),
    billable: fc.boolean(),
    after: fc.nat({ max: 2 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.record({
  text: fc.string({ unit: "grapheme", maxLength: 400 }),
  model: fc.nat({ max: chatModels.length - 1 }),
  need: fc.integer({ min: 512, max: 9000 }),
  course,
  act: fc.constantFrom<Act>(
    "reads",
    "reads",
    "leavesAtOnce",
    "leavesLater",
    "stopsBefore",
    "stopsLater",
  ),
  ledgerRefuses: fc.boolean(),
  used: fc.integer({ min: 0, max: 100 }),
  cached: fc.integer({ min: 0, max: 100 }),
});

const part = (whole: number, percent: number) => Math.floor((whole * percent) / 100);

/** As the dispatcher estimates it, with the tokens counted. */
function promptEstimate(model: Model, parts: readonly ChatMessage[]): TokenEstimate {
  return estimatePrompt(
    model,
    parts,
    parts.map(({ content }) => countTokens(content)),
  );
}

/** The steps of the model; the usage stays within what prompt and cap can come to. */
function script({ model, course: { kind, ...rest }, used, cached, text }: Step): ScriptedStep[] {
  const promptTokens = part(
    promptEstimate(chatModels[model] ?? knownModel(), [{ role: "user", content: text }]).bound,
    used,
  );
  const usage: Usage = {
    promptTokens,
    cachedTokens: part(promptTokens, cached),
    completionTokens: part(512, used),
    reasoningTokens: 0,
  };
  const answer: ScriptedStep[] = [
    { kind: "limits", reported: {} },
    { kind: "reasoning", text: "r" },
    { kind: "text", text: "t" },
  ];
  const finish: ScriptedStep = { kind: "finish", reason: "stop" };
  switch (kind) {
    case "whole":
      return [...answer, finish, { kind: "usage", usage }];
    case "noUsage":
      return [...answer, finish];
    case "noFinish":
      return [...answer, { kind: "usage", usage }];
    case "cut":
      return answer.slice(0, 2);
    case "hang":
      return [...answer, { kind: "hang" }];
    case "throw":
      return [...answer, { kind: "throw", error: new Error("a bug") }];
    case "failed": {
      const { billable = true, after = 0 } = rest as { billable?: boolean; after?: number };
      const failure = { kind: "badRequest", status: 400, detail: "" } as const;
      return [...answer.slice(0, after), { kind: "failure", failure, billable }];
    }
  }
}

async function take(
  bench: DispatchBench,
  given: DispatchTask,
  act: Act,
  hangs = false,
): Promise<void> {
  const abort = new AbortController();
  if (act === "stopsBefore") abort.abort();
  let texts = 0;
  // Whoever waits for an answer that never goes on has only Stop left.
  const impatience = hangs ? letPromisesRun().then(() => abort.abort()) : undefined;
  try {
    for await (const event of bench.dispatcher.dispatch(given, abort.signal)) {
      if (event.kind === "sent" && act === "leavesAtOnce") return;
      if (event.kind === "text") texts++;
      if (texts > 0 && act === "leavesLater") return;
      if (texts > 0 && act === "stopsLater") abort.abort();
    }
  } catch (error) {
    expect(error).toEqual(new Error("a bug"));
  }
  await impatience;
}

describe("whatever the users, the service and the ledger do", () => {
  it("no reservation stays open, and none is exceeded", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const bench = dispatchBench(steps.filter(reachesTheModel).map(script), {});
        for (const each of steps) {
          bench.ledger.refusal = each.ledgerRefuses
            ? { kind: "storeUnavailable", detail: "" }
            : undefined;
          const model = chatModels[each.model];
          if (model === undefined) throw new Error("no such model");
          const sentBefore = bench.chatModel.requests.length;
          const messages = [{ role: "user", content: each.text }] as const;
          await take(
            bench,
            task({ model, messages, outputNeed: each.need }),
            each.act,
            each.course.kind === "hang",
          );
          const sent = bench.chatModel.requests.length - sentBefore;
          expect(sent).toBe(reachesTheModel(each) ? 1 : 0);
        }

        expect(bench.chatModel.open).toBe(0);
        for (const request of bench.chatModel.requests) {
          expect(Number.isSafeInteger(request.maxCompletionTokens)).toBe(true);
          expect(request.maxCompletionTokens).toBeGreaterThanOrEqual(512);
          expect(request.maxCompletionTokens).toBeLessThanOrEqual(9000);
        }
        for (const booking of bench.ledger.bookings.values()) {
          expect(booking.kind).not.toBe("open");
          if (booking.kind !== "settled") continue;
          const { reservation, settlement } = booking;
          expect((settlement.cost ?? 0n) <= (reservation.cost ?? 0n)).toBe(true);
          expect(settlement.cost === undefined).toBe(reservation.cost === undefined);
          if (settlement.estimated) expect(settlement.cost).toBe(reservation.cost);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("no minute holds more than the limit, refill included", async () => {
    const requests = fc.array(
      fc.tuple(fc.integer({ min: 512, max: 4000 }), fc.nat({ max: 30_000 })),
      { minLength: 1, maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (wanted) => {
        const answer: ScriptedStep[] = [{ kind: "finish", reason: "stop" }];
        const bench = dispatchBench(
          wanted.map(() => answer),
          { tpm: 8000 },
        );
        let admitted = 0;
        for (const [outputNeed, pause] of wanted) {
          bench.clock.advance(pause);
          await take(bench, task({ outputNeed }), "reads");
          const last = bench.chatModel.requests.at(-1);
          if (last === undefined) throw new Error("nothing was sent");
          const prompt = promptEstimate(knownModel(), last.messages).upper;
          admitted += prompt + last.maxCompletionTokens;
          const refilled = (bench.clock.monotonic() / 60_000) * 8000;
          expect(admitted).toBeLessThanOrEqual(8000 + refilled + 0.001);
        }
        expect(bench.chatModel.requests).toHaveLength(wanted.length);
      }),
      { numRuns: 60 },
    );
  });
});

/** One that left at once was reserved, but the model was not asked yet. */
function reachesTheModel({ act, ledgerRefuses }: Step): boolean {
  return !ledgerRefuses && act !== "stopsBefore" && act !== "leavesAtOnce";
}

describe("usage beyond the reservation", () => {
  it("is written down as the service reported it: the book does not lie", async () => {
    const usage = {
      promptTokens: 1_000_000,
      cachedTokens: 0,
      completionTokens: 100_000,
      reasoningTokens: 0,
    };
    const bench = dispatchBench([
      [
        { kind: "finish", reason: "stop" },
        { kind: "usage", usage },
      ],
    ]);
    await take(bench, task(), "reads");
    expect([...bench.ledger.bookings.values()]).toMatchObject([
      { kind: "settled", settlement: { cost: 210_000_000_000n } },
    ]);
  });
});
