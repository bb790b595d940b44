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
  /** What the user called it; `titleOf` has one for every conversation. */
  readonly title?: string;
  readonly turns: readonly Turn[];
}

export type Turn = UserTurn | AnswerTurn;

export interface UserTurn {
  readonly role: "user";
  readonly id: string;
  readonly task: TaskKind;
  readonly text: string;
  /** What went along with the text, as it was then. */
  readonly attachments: readonly ContextItem[];
  /** The selected lines, when an edit was sent with more around them. */
  readonly focus?: { readonly startLine: number; readonly endLine: number };
  /** The question that stands before it, "" for none; absent: the one asked before. See `branches.ts`. */
  readonly after?: string;
  /** Of all on the way to this question, its answer included. */
  readonly summary?: Summary;
}

/** What was said, in a model's words: goes along with later messages in place of the turns that it stands for. */
export interface Summary {
  readonly text: string;
  readonly model: string;
  readonly settlement?: Settlement;
  /** It is used as long as these, and no others, are what was said. */
  readonly turnIds: readonly string[];
  /** How many of them, the oldest, were too many to be read for it; absent: none. */
  readonly unread?: number;
}

export interface AnswerTurn {
  readonly role: "answer";
  readonly id: string;
  /** The user's turn that it answers; a retried answer stands further down than its question. */
  readonly questionId: string;
  readonly task: TaskKind;
  readonly model: string;
  readonly text: string;
  readonly reasoning: string;
  readonly status: AnswerStatus;
  readonly settlement?: Settlement;
  /** Earlier turns that were not sent along, because they did not fit the minute's limit. */
  readonly turnsLeftOut: number;
  /** Lines of attached code that the user let be left out, likewise. */
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
