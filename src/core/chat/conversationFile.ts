import type { ImportRefusal } from "../dispatch/failure";
import { isRecord } from "../unchecked";
import { asInterrupted } from "./answer";
import type { Conversation, Turn } from "./conversation";

/** The format of an export; `markdown` is for people. */
export type ExportFormat = "markdown" | "json";

/** A conversation that was read from a file. It has no id yet, and its turns' ids are those of the file. */
export type ReadConversation =
  | { readonly ok: true; readonly conversation: Omit<Conversation, "id"> }
  | { readonly ok: false; readonly reason: ImportRefusal };

/** Takes out what must not be in an export. */
export type HideSecrets = (text: string) => string;

/** No conversation has more turns than this. */
export const mostTurns = 10_000;

export function refuse(reason: ImportRefusal): ReadConversation {
  return { ok: false, reason };
}

/** A copy with new ids throughout: a file that is imported twice becomes two conversations. */
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

/** A turn as it is read from a file: nothing is under way, and ways out of failures, which were another day's, are dropped. */
export function asRead(turn: Turn): Turn {
  const ended = asInterrupted(turn);
  if (ended.role === "user" || ended.status.kind !== "failed") return ended;
  return { ...ended, status: { kind: "failed", failure: ended.status.failure } };
}

/** Deeper than anything in an export; a hostile file's nesting could exhaust the stack. */
const deepest = 32;

/**
 * A JSON value with every `uri` emptied, and what is nested too deeply removed. The places of files reveal things about
 * this machine, and mean nothing on another one.
 */
export function withoutAddresses(value: unknown, depth = 0): unknown {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return value.map((inner) => withoutAddresses(inner, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "uri" ? "" : withoutAddresses(inner, depth + 1),
    ]),
  );
}
