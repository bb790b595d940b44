import type { Lines } from "../context/codeExcerpt";
import type { ContextItem } from "../context/contextItem";
import type { FinishReason } from "../dispatch/chatModel";
import type { Failure } from "../dispatch/failure";
import type { Settlement, TaskKind } from "../dispatch/ledger";
import type { WaysOut } from "../dispatch/waysOut";

/** One conversation is one session: its spend is the session's spend. */
export interface Conversation {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The name of the workspace that it was begun in, "" without one. */
  readonly workspace: string;
  /** The user's own title; `titleOf` makes one for every conversation. */
  readonly title?: string;
  readonly turns: readonly Turn[];
}

export type Turn = UserTurn | AnswerTurn;

export interface UserTurn {
  readonly role: "user";
  readonly id: string;
  readonly task: TaskKind;
  readonly text: string;
  /** What was sent with the text, as it was then. */
  readonly attachments: readonly ContextItem[];
  /** The selected lines, when an edit was sent with more around them. */
  readonly focus?: Lines;
  /** The question that it follows, "" for none; absent: the one asked just before. See `branches.ts`. */
  readonly after?: string;
  /** Of everything on the path to this question, its answer included. */
  readonly summary?: Summary;
}

/** A model's summary of earlier turns, sent with later messages in their place. */
export interface Summary {
  readonly text: string;
  readonly model: string;
  readonly settlement?: Settlement;
  /** The turns that it stands for: it is used only as long as they are exactly what was said. */
  readonly turnIds: readonly string[];
  /** How many of the oldest were left out of it for lack of room; absent: none. */
  readonly unread?: number;
}

export interface AnswerTurn {
  readonly role: "answer";
  readonly id: string;
  /** The user's turn that it answers; other turns may stand between a retried answer and its question. */
  readonly questionId: string;
  readonly task: TaskKind;
  readonly model: string;
  readonly text: string;
  readonly reasoning: string;
  readonly status: AnswerStatus;
  readonly settlement?: Settlement;
  /** Earlier turns that were not sent along, because they did not fit the minute's limit. */
  readonly turnsLeftOut: number;
  /** Lines of attached code that were left out with the user's consent, likewise. */
  readonly linesLeftOut: number;
}

export type AnswerStatus =
  | { readonly kind: "waiting"; readonly untilMs?: number; readonly retryOf?: Failure }
  | { readonly kind: "streaming" }
  | { readonly kind: "complete"; readonly finishReason: FinishReason }
  /** Stopped, cut off or refused; whatever text came before is kept. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly waysOut?: WaysOut };

/** Whether the answer is still on its way. */
export function isUnderWay(turn: AnswerTurn): boolean {
  return turn.status.kind === "waiting" || turn.status.kind === "streaming";
}

/** What the answer answers; undefined where that turn is gone. */
export function questionOf(
  { turns }: Conversation,
  { questionId }: AnswerTurn,
): UserTurn | undefined {
  const question = turns.find(({ id }) => id === questionId);
  return question?.role === "user" ? question : undefined;
}
