import type { Caps } from "../../../src/core/budget/caps";
import type { Usage } from "../../../src/core/budget/price";
import type { ChatModelEvent } from "../../../src/core/dispatch/chatModel";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import { succeed } from "../../../src/core/dispatch/failure";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import type { Dispatcher, DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import type { DispatchOutcome } from "../../../src/core/dispatch/receipt";
import type { Offers } from "../../../src/core/dispatch/waysOut";
import type { SharedLimiter } from "../../../src/core/limits/sharedLimiter";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model, RateLimits } from "../../../src/core/models/model";
import { collect } from "../../fakes/asyncSteps";
import { CountingTokens } from "../../fakes/countingTokens";
import { FakeClock } from "../../fakes/fakeClock";
import { FixedChance } from "../../fakes/fixedChance";
import { sharedLimiterWith, useUpShared } from "../../fakes/limiters";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { ScriptedChatModel } from "../../fakes/scriptedChatModel";
import type { ScriptedStep } from "../../fakes/scriptedChatModel";

/** A dispatcher on fakes, and all of them at hand. */
export interface DispatchBench {
  readonly dispatcher: Dispatcher;
  readonly chatModel: ScriptedChatModel;
  readonly clock: FakeClock;
  readonly ledger: MemoryLedger;
  readonly limiter: SharedLimiter;
  /** Another request takes so many tokens. */
  useUp(tokens: number): Promise<void>;
  /** What is free of the minute's tokens. */
  minute(): Promise<{ readonly limit: number; readonly free: number } | undefined>;
}

export function dispatchBench(
  scripts: readonly (readonly ScriptedStep[])[],
  limits: RateLimits = knownModel().free ?? {},
  caps: Caps = {},
  offers: Offers = { models: [] },
): DispatchBench {
  const clock = new FakeClock();
  const chatModel = new ScriptedChatModel(scripts, clock);
  const ledger = new MemoryLedger();
  const limiter = sharedLimiterWith(limits, clock);
  let ids = 0;
  const newId = () => `call ${++ids}`;
  const limiterFor = () => limiter;
  const dispatcher = createDispatcher({
    chatModelFor: () => chatModel,
    clock,
    ledger,
    tokens: new CountingTokens(),
    caps: () => caps,
    chance: new FixedChance(),
    accountFor: () => Promise.resolve(succeed("a1")),
    workspace: () => "",
    noteOrganization: () => Promise.resolve(),
    holdUps: { note: () => Promise.resolve(succeed(undefined)) },
    offers: () => offers,
    limiterFor,
    newId,
  });
  return {
    dispatcher,
    chatModel,
    clock,
    ledger,
    limiter,
    useUp: (tokens) => useUpShared(limiter, tokens),
    async minute() {
      const look = await limiter.look();
      return look.ok ? look.value.room.tpm : undefined;
    },
  };
}

export function knownModel(): Model {
  const model = findModel("openai/gpt-oss-120b");
  if (model === undefined) throw new Error("the default model is gone");
  return model;
}

export function task(given: Partial<DispatchTask> = {}): DispatchTask {
  return {
    kind: "chat",
    conversationId: "conversation",
    model: knownModel(),
    messages: [
      { role: "system", content: "Answer briefly." },
      { role: "user", content: "What is a monad?" },
    ],
    reasoningEffort: "medium",
    outputNeed: 2048,
    outputFloor: 512,
    ...given,
  };
}

export const usage: Usage = {
  promptTokens: 80,
  cachedTokens: 0,
  completionTokens: 40,
  reasoningTokens: 10,
};

/** A whole answer as Groq streams it. */
export const wholeAnswer: readonly ChatModelEvent[] = [
  { kind: "limits", reported: {} },
  { kind: "reasoning", text: "Hm." },
  { kind: "text", text: "A monoid" },
  { kind: "text", text: " in a category." },
  { kind: "finish", reason: "stop" },
  { kind: "usage", usage },
];

/** Runs a task to its end. */
export async function run(
  { dispatcher }: DispatchBench,
  given: Partial<DispatchTask> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ events: DispatchEvent[]; outcome: DispatchOutcome }> {
  const events = await collect(dispatcher.dispatch(task(given), signal));
  const last = events.at(-1);
  if (last?.kind !== "ended") throw new Error("the dispatch did not end");
  return { events, outcome: last.outcome };
}
