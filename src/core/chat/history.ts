import type { ChatMessage } from "../dispatch/chatModel";
import { summaryMessage } from "../prompts/summaryPrompt";
import { userPrompt } from "../prompts/userPrompt";
import { estimateText } from "../tokens/estimateTokens";
import type { Summary, Turn } from "./conversation";

/** Which of the earlier turns are sent with a message. Answers without text, such as failed ones, do not count. */
export interface History {
  /** Sent first, in place of the turns that it stands for. */
  readonly summary?: PlacedSummary;
  /** Newer than the summary, and not sent at all. */
  readonly leftOut: readonly Turn[];
  /** The newest, sent as they are. */
  readonly kept: readonly Turn[];
}

export interface PlacedSummary {
  readonly content: Summary;
  /** The question that it belongs to, the last one that it stands for. */
  readonly questionId: string;
}

/** The newest turns that there is room for, and the summary of those before them, if there is one. */
export function historyWithin(earlier: readonly Turn[], tokens: number): History {
  const { summary, rest } = sinceSummary(earlier);
  const left = tokens - (summary === undefined ? 0 : summaryTokens(summary.content));
  if (left < 0) return splitAt(sinceSummary(earlier.map(withoutSummary)).rest, tokens);
  return { ...splitAt(rest, left), ...(summary !== undefined && { summary }) };
}

/** The last summary that still covers what was said, and the turns after it. */
export function sinceSummary(earlier: readonly Turn[]): {
  readonly summary?: PlacedSummary;
  readonly rest: readonly Turn[];
} {
  const said = exchanges(earlier);
  for (const [index, turn] of [...said.entries()].toReversed()) {
    if (turn.role !== "user" || turn.summary === undefined) continue;
    const end = said[index + 1]?.role === "answer" ? index + 2 : index + 1;
    const known = new Set(turn.summary.turnIds);
    // A retried answer is not the one that was summarised.
    if (!said.slice(0, end).every(({ id }) => known.has(id))) continue;
    return {
      summary: { content: turn.summary, questionId: turn.id },
      rest: said.slice(end),
    };
  }
  return { rest: said };
}

/** Each question with its newest answer, which a retry may have put further down. */
function exchanges(turns: readonly Turn[]): readonly Turn[] {
  const newest = new Map<string, Turn>();
  for (const turn of turns) if (turn.role === "answer") newest.set(turn.questionId, turn);
  return turns.flatMap((turn) => {
    if (turn.role === "answer") return [];
    const answer = newest.get(turn.id);
    return answer === undefined || answer.text === "" ? [turn] : [turn, answer];
  });
}

function splitAt(
  said: readonly Turn[],
  tokens: number,
): { readonly leftOut: readonly Turn[]; readonly kept: readonly Turn[] } {
  let left = tokens;
  let first = said.length;
  for (const [index, turn] of [...said.entries()].toReversed()) {
    left -= turnTokens(turn);
    if (left < 0) break;
    first = index;
  }
  return { leftOut: said.slice(0, first), kept: said.slice(first) };
}

function withoutSummary(turn: Turn): Turn {
  if (turn.role === "answer") return turn;
  const { summary: _, ...rest } = turn;
  return rest;
}

/**
 * Turns as messages. An item that was shown before and has not changed is only named again. Of an answer only the
 * visible text is sent: Groq refuses replayed reasoning with a 400.
 */
export function messagesOf(turns: readonly Turn[]): readonly ChatMessage[] {
  const shown = new Set<string>();
  return turns.map((turn) =>
    turn.role === "user"
      ? { role: "user", content: userPrompt(turn, shown) }
      : { role: "assistant", content: turn.text },
  );
}

/** Turns are immutable, so sizes can be kept: at each keystroke those of a whole conversation are needed. */
const sizes = new WeakMap<Turn, number>();

/** An upper estimate, as if nothing had been shown before: what the turn refers to may be left out. */
export function turnTokens(turn: Turn): number {
  const known = sizes.get(turn);
  if (known !== undefined) return known;
  const size = upperTokens(messagesOf([turn]));
  sizes.set(turn, size);
  return size;
}

function summaryTokens({ text }: Summary): number {
  return upperTokens([summaryMessage(text)]);
}

export function upperTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateText(content).upper, 0);
}
