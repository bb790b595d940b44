import type { ModelRow } from "../models/modelRow";
import type { Switches } from "../switches";
import type { ChatRequest } from "./chatRequest";
import type { Generation, Piece } from "./generation";
import type { Usage } from "./usage";

/** What every frame of one answer repeats. */
export interface CompletionIdentity {
  readonly id: string;
  readonly requestId: string;
  /** Unix time in seconds. */
  readonly created: number;
  readonly model: string;
  readonly tier: string;
  readonly seed: number;
}

/** Where reasoning shows: in its own field, between tags in the content, or nowhere. */
export type ReasoningView = "field" | "inline" | "hidden";

/** Documented in Groq's reasoning page (read 2026-10); raw is the default where a format exists. */
export function reasoningView(request: ChatRequest, model: ModelRow): ReasoningView {
  switch (model.reasoning) {
    case "none":
      return "hidden";
    case "effort":
      return request.include_reasoning === false ? "hidden" : "field";
    case "toggle":
      if (request.include_reasoning === false || request.reasoning_format === "hidden") {
        return "hidden";
      }
      return request.reasoning_format === "parsed" || request.include_reasoning === true
        ? "field"
        : "inline";
  }
}

/** Constant, because nothing behind the server changes. */
export const systemFingerprint = "fp_standin000";

/** How an answer that is not streamed shows what can be shown in several ways. */
export interface MessageView {
  readonly reasoning: ReasoningView;
  readonly toolCallContent: Switches["toolCallContent"];
}

/** The body of an answer that is not streamed. */
export function completionBody(
  identity: CompletionIdentity,
  generation: Generation,
  view: MessageView,
  usage: Usage,
): object {
  return {
    id: identity.id,
    object: "chat.completion",
    created: identity.created,
    model: identity.model,
    choices: [
      {
        index: 0,
        message: completionMessage(generation.pieces, view),
        logprobs: null,
        finish_reason: generation.finishReason,
      },
    ],
    usage,
    system_fingerprint: systemFingerprint,
    x_groq: { id: identity.requestId, seed: identity.seed },
    service_tier: identity.tier,
  };
}

function completionMessage(pieces: readonly Piece[], view: MessageView): object {
  let content = "";
  let reasoning = "";
  const calls: object[] = [];
  const executed: object[] = [];
  for (const piece of pieces) {
    switch (piece.kind) {
      case "reasoning":
        reasoning += piece.text;
        break;
      case "content":
        content += piece.text;
        break;
      case "toolCalls":
        calls.push(...piece.calls);
        break;
      case "executedTools":
        executed.push(...executedToolViews(piece));
    }
  }
  const inline =
    view.reasoning === "inline" && reasoning !== ""
      ? `${openThought}${reasoning}${closeThought}`
      : "";
  return {
    role: "assistant",
    ...(content !== "" || calls.length === 0
      ? { content: inline + content }
      : view.toolCallContent === "null" && { content: null }),
    ...(view.reasoning === "field" && reasoning !== "" && { reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(executed.length > 0 && { executed_tools: executed }),
  };
}

/** What stands around reasoning that is shown in the content. */
export const openThought = "<think>\n";
export const closeThought = "\n</think>\n\n";

/** `executed_tools` as answers show them. */
export function executedToolViews(piece: Piece & { kind: "executedTools" }): object[] {
  return piece.tools.map((tool, index) => ({
    index,
    type: tool.type,
    arguments: tool.arguments,
    output: tool.output ?? null,
    ...(tool.searchResults !== undefined && { search_results: { results: tool.searchResults } }),
    ...(tool.type === "code_interpreter" && { code_results: [{ text: tool.output ?? "" }] }),
  }));
}
