import type { ChatMessage } from "../dispatch/chatModel";
import { systemPrompt } from "../prompts/systemPrompts";
import { userPrompt } from "../prompts/userPrompt";
import { estimateText } from "../tokens/estimateTokens";
import type { Turn, UserTurn } from "./conversation";

/** The messages of a request, and how many earlier turns had to stay behind. */
export interface RequestMessages {
  readonly messages: readonly ChatMessage[];
  readonly turnsLeftOut: number;
}

/**
 * What is sent for a user's turn. A command on code stands for itself; a chat message carries the newest
 * earlier turns that fit into `historyTokens`, so that a long conversation never outgrows the minute.
 */
export function requestMessages(
  earlier: readonly Turn[],
  turn: UserTurn,
  historyTokens: number,
): RequestMessages {
  const system: ChatMessage = { role: "system", content: systemPrompt(turn.task) };
  const question: ChatMessage = { role: "user", content: userPrompt(turn) };
  if (turn.task !== "chat") return { messages: [system, question], turnsLeftOut: 0 };

  const history = exchanges(earlier)
    .map(messageOf)
    .filter((message) => message.content !== "");
  const kept = newestWithin(history, historyTokens);
  return {
    messages: [system, ...kept, question],
    turnsLeftOut: history.length - kept.length,
  };
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
