import type { GroqError } from "../http/refusal";
import type { Identifiers } from "../identifiers";
import type { ModelRow } from "../models/modelRow";
import { encodeText, splitIntoPieces } from "../tokens/harmonyTokens";
import type { Answer, ExecutedTool } from "./answer";
import { type ChatRequest, type ToolCall, outputCap } from "./chatRequest";
import { outputFailure } from "./outputFailure";

/** A part of the answer that arrives in one piece. */
export type Piece =
  | { readonly kind: "reasoning" | "content"; readonly text: string; readonly tokens: number }
  | { readonly kind: "toolCalls"; readonly calls: readonly ToolCall[]; readonly tokens: number }
  | { readonly kind: "executedTools"; readonly tools: readonly ExecutedTool[]; readonly tokens: 0 };

/** An answer after caps, stop sequences and the output format have been applied. */
export interface Generation {
  readonly pieces: readonly Piece[];
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly finishReason: "stop" | "length" | "tool_calls";
  /** Set when the model failed after these pieces. */
  readonly failure?: GroqError;
}

/** Lets the model answer: at most as many tokens as the request allows, whatever they are for. */
export function generate(
  answer: Answer,
  request: ChatRequest,
  model: ModelRow,
  identifiers: Identifiers,
): Generation {
  const wanted = [
    ...reasoningPieces(answer),
    ...executedPieces(answer),
    ...contentPieces(answer, request),
    ...toolCallPieces(answer, request, model, identifiers),
  ];
  const cap = outputCap(request) ?? model.maxCompletionTokens;
  const pieces = withinCap(wanted, cap);
  const cutShort = pieces.length < wanted.length;
  const failure = cutShort ? undefined : outputFailure(answer, request);
  return {
    pieces,
    completionTokens: countTokens(pieces),
    reasoningTokens: countTokens(pieces.filter(({ kind }) => kind === "reasoning")),
    finishReason: cutShort ? "length" : (answer.finishReason ?? naturalEnd(pieces)),
    ...(failure === undefined ? {} : { failure }),
  };
}

function withinCap(wanted: readonly Piece[], cap: number): Piece[] {
  let used = 0;
  const fitting = wanted.findIndex((piece) => {
    used += piece.tokens;
    return used > cap;
  });
  return wanted.slice(0, fitting < 0 ? wanted.length : fitting);
}

function countTokens(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.tokens, 0);
}

function naturalEnd(pieces: readonly Piece[]): "stop" | "tool_calls" {
  return pieces.some(({ kind }) => kind === "toolCalls") ? "tool_calls" : "stop";
}

function reasoningPieces(answer: Answer): Piece[] {
  return splitIntoPieces(answer.reasoning ?? "").map((piece) => ({ kind: "reasoning", ...piece }));
}

function executedPieces(answer: Answer): Piece[] {
  const tools = answer.executedTools ?? [];
  return tools.length === 0 ? [] : [{ kind: "executedTools", tools, tokens: 0 }];
}

function contentPieces(answer: Answer, request: ChatRequest): Piece[] {
  if (answer.chunks !== undefined) {
    return answer.chunks.map((text) => {
      return { kind: "content", text, tokens: encodeText(text).length };
    });
  }
  const content = untilStopSequence(answer.content ?? "", request);
  return splitIntoPieces(content).map((piece) => ({ kind: "content", ...piece }));
}

function untilStopSequence(content: string, request: ChatRequest): string {
  const stops = typeof request.stop === "string" ? [request.stop] : (request.stop ?? []);
  const ends = stops.map((stop) => content.indexOf(stop)).filter((index) => index >= 0);
  return content.slice(0, Math.min(content.length, ...ends));
}

function toolCallPieces(
  answer: Answer,
  request: ChatRequest,
  model: ModelRow,
  identifiers: Identifiers,
): Piece[] {
  const parallel = model.parallelToolCalls && request.parallel_tool_calls !== false;
  const wanted = (answer.toolCalls ?? []).slice(0, parallel ? undefined : 1);
  if (wanted.length === 0) return [];
  const calls = wanted.map(({ name, arguments: given }): ToolCall => {
    const text = typeof given === "string" ? given : JSON.stringify(given);
    return { id: identifiers.toolCall(), type: "function", function: { name, arguments: text } };
  });
  const spoken = calls.map((call) => call.function.name + call.function.arguments).join("");
  return [{ kind: "toolCalls", calls, tokens: encodeText(spoken).length }];
}
