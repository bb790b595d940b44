import type { ImportRefusal } from "../dispatch/failure";
import { asInterrupted } from "./answer";
import type { Conversation, Turn } from "./conversation";

/** What an export is in; `markdown` is for people. */
export type ExportFormat = "markdown" | "json";

/** A conversation that was read from a file. It has no id yet, and its turns' ids are those of the file. */
export type ReadConversation =
  | { readonly ok: true; readonly conversation: Omit<Conversation, "id"> }
  | { readonly ok: false; readonly reason: ImportRefusal };

/** Takes out what must not be in an export. */
export type HideSecrets = (text: string) => string;

/** More turns than this nobody has written. */
export const mostTurns = 10_000;

export function refuse(reason: ImportRefusal): ReadConversation {
  return { ok: false, reason };
}

/** The conversation as one that has nothing in common with the one it was exported from: twice read is two. */
export function withNewIds(
  conversation: Omit<Conversation, "id">,
  newId: () => string,
): Conversation {
  const ids = new Map(conversation.turns.map((turn) => [turn.id, newId()]));
  const renewed = (id: string) => ids.get(id) ?? "";
  return {
    ...conversation,
    id: newId(),
    turns: conversation.turns.map((turn) =>
      turn.role === "user"
        ? {
            ...turn,
            id: renewed(turn.id),
            ...(turn.after && { after: renewed(turn.after) }),
            ...(turn.summary && {
              summary: { ...turn.summary, turnIds: turn.summary.turnIds.map(renewed) },
            }),
          }
        : { ...turn, id: renewed(turn.id), questionId: renewed(turn.questionId) },
    ),
  };
}

/** Nothing in a file is under way, and the ways out of its failures were those of another day and account. */
export function asRead(turn: Turn): Turn {
  const ended = asInterrupted(turn);
  if (ended.role === "user" || ended.status.kind !== "failed") return ended;
  return { ...ended, status: { kind: "failed", failure: ended.status.failure } };
}
