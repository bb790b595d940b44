import type { InstructionsItem } from "../context/contextItem";
import { tokensOf } from "../context/cutContext";
import { fitContext } from "../context/fitContext";
import { renderContext } from "../context/renderContext";
import type { ChatMessage } from "../dispatch/chatModel";
import { systemPrompt } from "../prompts/systemPrompts";
import { userPrompt } from "../prompts/userPrompt";
import { estimateText } from "../tokens/estimateTokens";
import type { Turn, UserTurn } from "./conversation";

/** Tokens that a prompt may have. */
export interface PromptRoom {
  /** For earlier turns. */
  readonly history: number;
  /** For all of it. */
  readonly whole: number;
  /** Whether attached code may be cut to fit; the user has agreed to it then. */
  readonly mayCut: boolean;
}

/** The messages of a request, and what had to stay behind: earlier turns, and lines of attached code. */
export interface RequestMessages {
  readonly messages: readonly ChatMessage[];
  readonly turnsLeftOut: number;
  readonly linesLeftOut: number;
}

/**
 * What is sent for a user's turn. A command on code stands for itself; a chat message carries the newest
 * earlier turns that there is room for, so that a long conversation never outgrows the minute.
 */
export function requestMessages(
  earlier: readonly Turn[],
  turn: UserTurn,
  room: PromptRoom,
): RequestMessages {
  const system: ChatMessage = { role: "system", content: systemPrompt(turn.task) };
  const { asked, linesLeftOut } = room.mayCut
    ? fitAttachments(turn, room.whole - upperTokens([system]))
    : { asked: turn, linesLeftOut: 0 };
  const question: ChatMessage = { role: "user", content: userPrompt(asked) };
  if (turn.task !== "chat") return { messages: [system, question], turnsLeftOut: 0, linesLeftOut };

  const history = exchanges(earlier)
    .map(messageOf)
    .filter((message) => message.content !== "");
  const left = room.whole - upperTokens([system, question]);
  const kept = newestWithin(history, Math.min(room.history, left));
  return {
    messages: [system, ...kept, question],
    turnsLeftOut: history.length - kept.length,
    linesLeftOut,
  };
}

function fitAttachments(
  turn: UserTurn,
  tokens: number,
): { readonly asked: UserTurn; readonly linesLeftOut: number } {
  const words = upperTokens([{ role: "user", content: turn.text }]);
  const whole = turn.attachments.filter((item) => !isCode(item));
  const taken = whole.reduce((sum, item) => sum + estimateText(renderContext(item)).upper, words);
  const { excerpts, linesLeftOut } = cutExcerpts(turn.attachments.filter(isCode), tokens - taken);
  return { asked: { ...turn, attachments: [...excerpts, ...whole] }, linesLeftOut };
}

function upperTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateText(content).upper, 0);
}

/** Each question with its newest answer, wherever a retry has put that. */
function exchanges(turns: readonly Turn[]): readonly Turn[] {
  return turns.flatMap((turn) => {
    if (turn.role === "answer") return [];
    const answer = turns.findLast(
      (other) => other.role === "answer" && other.questionId === turn.id,
    );
    return answer === undefined ? [turn] : [turn, answer];
  });
}

/** Only the visible text of an answer: Groq refuses replayed reasoning with a 400. */
function messageOf(turn: Turn): ChatMessage {
  return turn.role === "user"
    ? { role: "user", content: userPrompt(turn) }
    : { role: "assistant", content: turn.text };
}

function newestWithin(messages: readonly ChatMessage[], tokens: number): readonly ChatMessage[] {
  let left = tokens;
  let first = messages.length;
  for (const [index, message] of [...messages.entries()].toReversed()) {
    left -= estimateText(message.content).upper;
    if (left < 0) break;
    first = index;
  }
  return messages.slice(first);
}
