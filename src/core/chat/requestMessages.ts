import { tokensOf } from "../context/cutContext";
import { fitContext } from "../context/fitContext";
import { renderContext } from "../context/renderContext";
import type { ChatMessage } from "../dispatch/chatModel";
import type { EditFormat } from "../prompts/editFormat";
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
 * earlier turns that there is room for, so that a long conversation never outgrows the minute. Instructions
 * come before them: what stays the same from one message to the next stands first.
 */
export function requestMessages(
  earlier: readonly Turn[],
  turn: UserTurn,
  room: PromptRoom,
  format: EditFormat = "patch",
): RequestMessages {
  const system: ChatMessage = { role: "system", content: systemPrompt(turn.task, format) };
  const head = [system, ...instructionsOf(turn)];
  const { asked, linesLeftOut } = room.mayCut
    ? fitAttachments(turn, room.whole - upperTokens(head))
    : { asked: turn, linesLeftOut: 0 };
  if (turn.task !== "chat")
    return { messages: [...head, ...messagesOf([asked])], turnsLeftOut: 0, linesLeftOut };

  const history = exchanges(earlier).filter((one) => one.role === "user" || one.text !== "");
  const left = room.whole - upperTokens([...head, ...messagesOf([asked])]);
  const kept = newestWithin(history, Math.min(room.history, left));
  return {
    messages: [...head, ...messagesOf([...kept, asked])],
    turnsLeftOut: history.length - kept.length,
    linesLeftOut,
  };
}

/** Those of the newest question: what earlier ones went with may have been changed since. */
function instructionsOf({ attachments }: UserTurn): readonly ChatMessage[] {
  return attachments
    .filter(({ kind }) => kind === "instructions")
    .map((item) => ({ role: "user", content: renderContext(item) }));
}

function fitAttachments(
  turn: UserTurn,
  tokens: number,
): { readonly asked: UserTurn; readonly linesLeftOut: number } {
  const attached = turn.attachments.filter(({ kind }) => kind !== "instructions");
  const fitted = fitContext(
    attached.map((item) => ({ item, tokens: tokensOf(item) })),
    tokens - estimateText(turn.text).upper,
  );
  return {
    asked: {
      ...turn,
      attachments: fitted.flatMap((part) => (part.kind === "leftOut" ? [] : [part.item])),
    },
    linesLeftOut: fitted.reduce(
      (sum, part) => sum + (part.kind === "whole" ? 0 : part.linesLeftOut),
      0,
    ),
  };
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

/**
 * Turns as messages. What was shown before and has not changed is only named again. Of an answer only the
 * visible text goes: Groq refuses replayed reasoning with a 400.
 */
function messagesOf(turns: readonly Turn[]): readonly ChatMessage[] {
  const shown = new Set<string>();
  return turns.map((turn) =>
    turn.role === "user"
      ? { role: "user", content: userPrompt(turn, shown) }
      : { role: "assistant", content: turn.text },
  );
}

function newestWithin(turns: readonly Turn[], tokens: number): readonly Turn[] {
  let left = tokens;
  let first = turns.length;
  for (const [index, turn] of [...turns.entries()].toReversed()) {
    // Each as if nothing had been shown before: what it refers to may have stayed behind.
    left -= upperTokens(messagesOf([turn]));
    if (left < 0) break;
    first = index;
  }
  return turns.slice(first);
}
