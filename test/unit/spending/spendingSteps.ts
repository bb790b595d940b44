import * as fc from "fast-check";
import type { ServiceTier } from "../../../src/core/dispatch/chatModel";
import type { DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import type { QueuedAnswer } from "../../groqServer/chat/answer";
import type { Fault } from "../../groqServer/faults/fault";
import type { Switches } from "../../groqServer/switches";
import { secondModel } from "./spendingBench";
import type { Leave, SpendingBench } from "./spendingBench";

/** One question of a user, what befalls it, and what the user does meanwhile. */
export interface Step {
  readonly window: number;
  /** The next step, if it is another window's, begins at the same moment. */
  readonly together: boolean;
  readonly conversationId: string;
  /** Who is asked: Groq, Groq and if it fails the second provider, or the second provider alone. */
  readonly service: "groq" | "either" | "second";
  readonly groqModel: string;
  readonly words: string;
  /** A long beginning that is always the same comes out of the service's cache. */
  readonly long: boolean;
  readonly answer: Pick<QueuedAnswer, "content" | "reasoning">;
  readonly outputNeed: number;
  readonly serviceTier: ServiceTier;
  readonly trouble: Trouble;
  readonly leave: Leave | undefined;
  readonly pauseMs: number;
  /** Tokens that others take of Groq's limits just before. */
  readonly elsewhere: number;
}

type Trouble =
  | { readonly kind: "none" }
  /** So many attempts in a row come to nothing. */
  | { readonly kind: "down"; readonly times: number }
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "toolUseFailed" };

export interface Course {
  readonly steps: readonly Step[];
  readonly switches: Partial<Switches>;
}

const after = { afterEvents: 5 } as const;

/** Those that need no time to pass. */
const fault = fc.constantFrom<Fault>(
  { kind: "status", status: 429, body: {} },
  { kind: "status", status: 422, body: {} },
  { kind: "status", status: 418, body: "teapot" },
  { kind: "status", status: 200, body: { choices: [] } },
  { kind: "error", error: "internal" },
  { kind: "proxyPage" },
  { kind: "agentRefused" },
  { kind: "reset" },
  { kind: "reset", ...after },
  { kind: "cut", ...after, within: "boundary" },
  { kind: "cut", ...after, within: "event", ending: "abrupt" },
  { kind: "missingDone" },
  { kind: "errorEvent", ...after },
  { kind: "stoppedEarly", ...after },
  { kind: "garbage", ...after },
  { kind: "wrongLength", by: -1200 },
);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Trouble>({ kind: "none" }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("down" as const),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fault" as const), fault }) },
  { weight: 1, arbitrary: fc.constant<Trouble>({ kind: "toolUseFailed" }) },
);

const leave: fc.Arbitrary<Leave> = fc.record({
  how: fc.constantFrom("stop", "walkAway"),
  at: fc.constantFrom<Leave["at"]>(
    "sent",
    "waiting",
    "retrying",
    "fallingBack",
    "reasoning",
    "text",
  ),
  count: fc.integer({ min: 1, max: 12 }),
});

const minuteMs = 60_000;
const pauseMs = fc.constantFrom(0, 0, 0, minuteMs, 60 * minuteMs, 10 * 60 * minuteMs);

const step: fc.Arbitrary<Step> = fc.record({
  window: fc.nat({ max: 1 }),
  together: fc.boolean(),
  conversationId: fc.constantFrom("c1", "c2", "c3"),
  service: fc.constantFrom("groq", "either", "either", "second"),
  groqModel: fc.constantFrom("openai/gpt-oss-120b", "openai/gpt-oss-20b"),
  words: fc.string({ unit: "grapheme", maxLength: 300 }),
  long: fc.constantFrom(true, true, false),
  answer: fc.record({
    content: fc.nat({ max: 300 }).map((count) => "word ".repeat(count)),
    reasoning: fc.constantFrom("", "Let me think."),
  }),
  outputNeed: fc.integer({ min: 512, max: 3000 }),
  serviceTier: fc.constantFrom("on_demand", "on_demand", "auto", "flex", "performance"),
  trouble,
  leave: fc.option(leave, { nil: undefined, freq: 2 }),
  pauseMs,
  elsewhere: fc.constantFrom(0, 0, 0, 4000, 8000),
});

const switches: fc.Arbitrary<Partial<Switches>> = fc.record({
  unusedOutput: fc.constantFrom("refunded", "kept"),
  rateLimitHeaders: fc.constantFrom("afterAdmission", "beforeAdmission", "afterSettlement"),
  cachedTokens: fc.constantFrom("refundedAfterwards", "refundedAtAdmission", "kept"),
  promptCache: fc.constantFrom("on", "off"),
  shortestCachedPrefix: fc.constantFrom("128", "1024"),
  abortedStream: fc.constantFrom("sentTokens", "wholeAnswer"),
  flexCapacity: fc.constantFrom("available", "full"),
});

export const course: fc.Arbitrary<Course> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  switches,
});

/** Asks as the step says; what is to befall it waits for it at the service that is asked first. */
export function ask(bench: SpendingBench, given: Step): Promise<readonly DispatchEvent[]> {
  const { groq, second } = bench;
  const { service, groqModel, elsewhere, window, conversationId, outputNeed, serviceTier } = given;
  if (elsewhere > 0) groq.useElsewhere(groqModel, { inputTokens: elsewhere });
  return bench.ask({
    window,
    conversationId,
    outputNeed,
    serviceTier,
    words: given.words,
    model: service === "second" ? secondModel : modelOf(groqModel),
    ...(service === "either" && { fallback: secondModel }),
    ...(given.long && { system: "You are asked about a long text. ".repeat(120) }),
    ...(given.leave !== undefined && { leave: given.leave }),
    prepare(mark) {
      const server = service === "second" ? second : groq;
      for (const answer of answersOf(given)) server.queueAnswer({ ...answer, whenIncludes: mark });
    },
  });
}

function answersOf({ answer, trouble: befalls }: Step): readonly QueuedAnswer[] {
  switch (befalls.kind) {
    case "none":
      return [answer];
    case "down":
      return Array.from({ length: befalls.times }, () => ({
        ...answer,
        fault: { kind: "status", status: 503 },
      }));
    case "fault":
      return [{ ...answer, fault: befalls.fault }];
    case "toolUseFailed":
      return [{ ...answer, toolUseFailed: { failedGeneration: "{" } }];
  }
}

function modelOf(id: string): Model {
  const model = findModel(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}
