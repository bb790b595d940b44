import type { TimedEvent } from "../http/reply";
import {
  type CompletionIdentity,
  type ReasoningView,
  closeThought,
  executedToolViews,
  openThought,
  systemFingerprint,
} from "./completionView";
import type { Generation, Piece } from "./generation";
import type { Usage } from "./usage";

/** When the pieces of a stream are due, in milliseconds after the reply began. */
export interface StreamPace {
  readonly firstTokenMs: number;
  readonly perTokenMs: number;
}

/**
 * The events of a streamed answer, in Groq's order (probed through groq-sdk and quoted in public
 * threads, 2026-10): the role, the deltas, an empty delta with the finish reason and two copies of
 * the usage, a third copy on request, `[DONE]`. A failing model ends it with `event: error` instead.
 */
export function* completionEvents(stream: {
  readonly identity: CompletionIdentity;
  readonly generation: Generation;
  readonly view: ReasoningView;
  readonly usage: Usage;
  readonly includeUsage: boolean;
  readonly pace: StreamPace;
}): Generator<TimedEvent, void> {
  const { identity, generation, view, usage, pace } = stream;
  const frame = frameWriter(identity);
  let tokens = 0;
  const timed = (text: string): TimedEvent => {
    const dueMs = pace.firstTokenMs + tokens * pace.perTokenMs;
    return { dueMs, text, completionTokens: tokens };
  };
  const opening = { id: identity.requestId, seed: identity.seed };
  yield timed(frame.delta({ role: "assistant", content: "" }, null, { x_groq: opening }));
  let thinking = false;
  for (const piece of generation.pieces) {
    tokens += piece.tokens;
    if (view === "inline" && thinking !== (piece.kind === "reasoning")) {
      thinking = !thinking;
      yield timed(frame.delta({ content: thinking ? openThought : closeThought }));
    }
    const delta = deltaOf(piece, view);
    if (delta !== undefined) yield timed(frame.delta(delta));
  }
  if (generation.failure !== undefined) {
    const error = { ...generation.failure, status_code: 400 };
    yield timed(`event: error\ndata: ${JSON.stringify({ error })}\n\n`);
    return;
  }
  const closing = { id: identity.requestId, usage };
  yield timed(frame.delta({}, generation.finishReason, { x_groq: closing, usage }));
  if (stream.includeUsage) yield timed(frame.chunk([], { usage }));
  yield timed("data: [DONE]\n\n");
}

function deltaOf(piece: Piece, view: ReasoningView): object | undefined {
  switch (piece.kind) {
    case "reasoning":
      if (view === "field") return { reasoning: piece.text, channel: "analysis" };
      return view === "inline" ? { content: piece.text } : undefined;
    case "content":
      return { content: piece.text };
    case "toolCalls":
      return { tool_calls: piece.calls.map((call, index) => ({ index, ...call })) };
    case "executedTools":
      return { executed_tools: executedToolViews(piece) };
  }
}

interface FrameWriter {
  delta(delta: object, finishReason?: string | null, extra?: object): string;
  chunk(choices: readonly object[], extra?: object): string;
}

function frameWriter(identity: CompletionIdentity): FrameWriter {
  const common = {
    id: identity.id,
    object: "chat.completion.chunk",
    created: identity.created,
    model: identity.model,
    system_fingerprint: systemFingerprint,
  };
  const chunk = (choices: readonly object[], extra: object = {}): string =>
    `data: ${JSON.stringify({ ...common, choices, ...extra })}\n\n`;
  return {
    chunk,
    delta: (delta, finishReason = null, extra = {}) =>
      chunk([{ index: 0, delta, logprobs: null, finish_reason: finishReason }], extra),
  };
}
