import type { Usage } from "../budget/price";
import type { ReportedLimits } from "../limits/limits";
import type { Failure } from "./failure";

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export type ReasoningEffort = "low" | "medium" | "high";

/** Groq's service tiers; `auto` is on_demand first, then flex. */
export type ServiceTier = "auto" | "on_demand" | "flex" | "performance";

/** One chat completion. `maxCompletionTokens` is always set: Groq admits on prompt + this cap. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly maxCompletionTokens: number;
  readonly reasoningEffort?: ReasoningEffort;
  /** Absent: the service's default, on_demand. */
  readonly serviceTier?: ServiceTier;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/**
 * What a chat model reports, in order: `limits` with the headers, any number of `reasoning` and `text`,
 * then `finish` and `usage`; a failure ends the stream at any point. Text that arrives together is one event, so
 * that no consumer has to join it.
 */
export type ChatModelEvent =
  | { readonly kind: "limits"; readonly reported: ReportedLimits }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "finish"; readonly reason: FinishReason }
  | { readonly kind: "usage"; readonly usage: Usage }
  | FailureEvent;

export interface FailureEvent {
  readonly kind: "failure";
  readonly failure: Failure;
  /** What the headers of a refusal report of the limits. */
  readonly reported?: ReportedLimits;
  /** The organisation that a refusal names, e.g. `org_01kj…`: whose limits they are. */
  readonly organization?: string;
  /** Whether the service may bill the attempt although it failed. */
  readonly billable: boolean;
}

/** Port: sends one request, once, without retries. Never throws; an abort ends the stream silently. */
export interface ChatModel {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatModelEvent>;
}
