import { tokensOf } from "../context/cutContext";
import { fitContext } from "../context/fitContext";
import { renderContext } from "../context/renderContext";
import type { ChatMessage } from "../dispatch/chatModel";
import type { EditFormat } from "../prompts/editFormat";
import { systemPrompt } from "../prompts/systemPrompts";
import { summaryMessage } from "../prompts/summaryPrompt";
import { estimateText } from "../tokens/estimateTokens";
import type { Turn, UserTurn } from "./conversation";
import { historyWithin, messagesOf, upperTokens } from "./history";
import type { History } from "./history";

/** How many tokens a prompt may have. */
export interface PromptRoom {
  /** For earlier turns. */
  readonly history: number;
  /** For all of it. */
  readonly whole: number;
  /** Whether attached code may be cut to fit, which the user has then agreed to. */
  readonly mayCut: boolean;
}

/** The messages of a request, and what had to be left out: earlier turns, and lines of attached code. */
export interface RequestMessages {
  readonly messages: readonly ChatMessage[];
  readonly history: History;
  readonly linesLeftOut: number;
}

/**
 * What is sent for a user's turn. A command on code stands for itself. A chat message carries the newest earlier turns
 * that there is room for, so that a long conversation never outgrows the minute's limit, and the summary of those before
 * them if the user asked for one. Instructions come first, because they stay the same from one message to the next.
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
    return {
      messages: [...head, ...messagesOf([asked])],
      history: { leftOut: [], kept: [] },
      linesLeftOut,
    };

  const left = room.whole - upperTokens([...head, ...messagesOf([asked])]);
  const history = historyWithin(earlier, Math.min(room.history, left));
  const before = history.summary && [summaryMessage(history.summary.content.text)];
  return {
    messages: [...head, ...(before ?? []), ...messagesOf([...history.kept, asked])],
    history,
    linesLeftOut,
  };
}

/** Only those of the newest question: earlier ones may have been changed since. */
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
