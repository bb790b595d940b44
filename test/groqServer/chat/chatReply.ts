import type { Backend, TokenSpeed } from "../backend";
import type { ApiRequest } from "../http/handler";
import { type Reply, jsonReply, refusalReply } from "../http/reply";
import type { ModelRow } from "../models/modelRow";
import type { ChatClaim, Place } from "./admitChat";
import type { Answer } from "./answer";
import type { ChatRequest } from "./chatRequest";
import { type StreamPace, completionEvents } from "./completionEvents";
import { type CompletionIdentity, completionBody, reasoningView } from "./completionView";
import { type Generation, generate } from "./generation";
import { settleChat } from "./settleChat";
import { type AnswerTimes, type Usage, usageOf } from "./usage";

/** A chat request that is being answered. */
export interface AdmittedChat extends Place {
  readonly request: ApiRequest;
  readonly chat: ChatRequest;
  readonly model: ModelRow;
  readonly input: ChatClaim["input"];
}

/** The reply to an admitted request, plain or streamed, with everything that it owes. */
export function chatReply(backend: Backend, call: AdmittedChat, answer: Answer): Reply {
  const { chat, model } = call;
  const generation = generate(answer, chat, model, backend.identifiers);
  const speed = answer.tokensPerSecond ?? backend.speed;
  const times = answerTimes(speed, call, generation);
  const usage = chatUsage(call, generation, times);
  const identity = identityOf(backend, call);
  const view = reasoningView(chat, model);
  const obligations: Pick<Reply, "headers" | "settle"> = {
    headers: () => call.admission.headers(),
    settle: (delivery) => settleChat(backend, call, generation, delivery),
  };
  if (chat.stream === true) {
    const includeUsage = chat.stream_options?.include_usage === true;
    const pace = streamPace(speed, times, generation);
    const stream = { identity, generation, view, usage, includeUsage, pace };
    return { kind: "events", events: completionEvents(stream), ...obligations };
  }
  const { failure } = generation;
  const { toolCallContent } = backend.switches;
  const messageView = { reasoning: view, toolCallContent };
  const reply =
    failure === undefined
      ? jsonReply(200, completionBody(identity, generation, messageView, usage))
      : refusalReply({ kind: "refusal", status: 400, error: failure });
  const dueMs = speed === "unlimited" ? 0 : totalMs(times);
  return { ...reply, ...obligations, dueMs };
}

function identityOf(backend: Backend, call: AdmittedChat): CompletionIdentity {
  return {
    id: backend.identifiers.completion(),
    requestId: call.request.id,
    created: Math.floor(backend.clock.now() / 1_000),
    model: call.model.id,
    tier: call.tier,
    seed: call.chat.seed ?? 1_234,
  };
}

/** `usage` of an answer that arrives whole. */
export function chatUsage(
  call: Pick<AdmittedChat, "input">,
  generation: Generation,
  times: AnswerTimes,
): Usage {
  const { completionTokens: completion, reasoningTokens: reasoning } = generation;
  return usageOf({ ...call.input, completion, reasoning }, times);
}

// Fixed, so that the same request takes equally long in every run.
const queueMs = 20;
const promptTokensPerMs = 20;

/** How long the parts of an answer take. An unlimited server claims its model's usual times. */
export function answerTimes(
  speed: TokenSpeed,
  call: Pick<AdmittedChat, "input" | "model">,
  generation: Generation,
): AnswerTimes {
  const tokensPerSecond = typeof speed === "number" ? speed : call.model.tokensPerSecond;
  return {
    queueMs,
    promptMs: (call.input.prompt - call.input.cached) / promptTokensPerMs,
    completionMs: (generation.completionTokens / tokensPerSecond) * 1_000,
  };
}

function streamPace(speed: TokenSpeed, times: AnswerTimes, generation: Generation): StreamPace {
  if (speed === "unlimited") return { firstTokenMs: 0, perTokenMs: 0 };
  return {
    firstTokenMs: times.queueMs + times.promptMs,
    perTokenMs: times.completionMs / Math.max(1, generation.completionTokens),
  };
}

function totalMs(times: AnswerTimes): number {
  return times.queueMs + times.promptMs + times.completionMs;
}
