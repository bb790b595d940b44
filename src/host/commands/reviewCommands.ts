import type { Chat } from "../../core/chat/chat";
import type { AnswerTurn, Turn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { excerptsOf } from "../../core/context/contextItem";
import { fail } from "../../core/dispatch/failure";
import type { Review, ReviewDesk } from "../editor/review";
import type { ShownChange } from "../editor/reviewDesk";
import type { ConflictChoice } from "../editor/undoHistory";
import { toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";
import type { DeskCommandName } from "./commandNames";

export interface ReviewCommandParts {
  readonly chat: Chat;
  readonly review: Review;
}

/** An edit that is under review now. */
interface ReviewedResult {
  readonly ok: true;
  readonly answerId: string;
  readonly changes: readonly ShownChange[];
}

/** Shows the edit of an answer as a diff; without an id, the newest answer's. */
export async function reviewAnswer(
  { chat, review }: ReviewCommandParts,
  answerId: unknown,
): Promise<CommandResult> {
  const { turns } = chat.conversation();
  const answer = findAnswer(turns, answerId);
  if (answer === undefined) return fail({ kind: "noEdit" });
  const opened = await review.open(answer, offeredFiles(turns, answer));
  if (!opened.ok) return opened;
  // An answer without an edit leaves an earlier one's review open.
  const changes = review.changes().filter(({ id }) => id.startsWith(`${answer.id}/`));
  const shown: ReviewedResult = { ok: true, answerId: answer.id, changes };
  return shown;
}

/** Accepts one change by its id or its number, all of an answer's, or the one at the cursor. */
export async function acceptEdit(
  { review }: ReviewCommandParts,
  id: unknown,
): Promise<CommandResult> {
  return toCommandResult(await review.accept(changeOr(review, id)));
}

export async function rejectEdit(
  { review }: ReviewCommandParts,
  id: unknown,
): Promise<CommandResult> {
  return toCommandResult(await review.reject(changeOr(review, id)));
}

type Act = (argument?: unknown) => Promise<CommandResult>;

/** The review commands that the chat has no buttons for, by their name without `groqCoder.`. */
export function deskCommands(review: ReviewDesk): Readonly<Record<DeskCommandName, Act>> {
  return {
    reviewAgain: async () => toCommandResult(await review.openAgain()),
    acceptAllEdits: async (path) => toCommandResult(await review.acceptAll(textOr(path))),
    rejectAllEdits: async (path) => toCommandResult(await review.rejectAll(textOr(path))),
    nextEdit: async () => toCommandResult(await review.goTo("next")),
    previousEdit: async () => toCommandResult(await review.goTo("previous")),
    nextEditFile: async () => toCommandResult(await review.goTo("nextFile")),
    showEditDiff: async (path) => toCommandResult(await review.showDiff(textOr(path))),
    showAllEditDiffs: async () => toCommandResult(await review.showAllDiffs()),
    repairEdit: async (answerId) => toCommandResult(await review.repair(textOr(answerId))),
    undoLastApply: async (choice) => toCommandResult(await review.undoLast(readChoice(choice))),
  };
}

/** Only texts count: buttons in an editor's title pass its address as an object. */
function textOr(argument: unknown): string | undefined {
  return typeof argument === "string" ? argument : undefined;
}

/** A number counts the changes from 0; one that is out of range must not mean the change at the cursor. */
function changeOr(review: Review, argument: unknown): string | undefined {
  return typeof argument === "number" ? (review.changes()[argument]?.id ?? "") : textOr(argument);
}

function readChoice(argument: unknown): ConflictChoice {
  return argument === "others" || argument === "differences" ? argument : "ask";
}

function findAnswer(turns: readonly Turn[], answerId: unknown): AnswerTurn | undefined {
  const wanted = turns.findLast(
    (turn) => turn.role === "answer" && (typeof answerId !== "string" || turn.id === answerId),
  );
  return wanted?.role === "answer" ? wanted : undefined;
}

/**
 * Every file that the user showed up to the question of this answer. If a path was shown for different documents, as
 * happens with the cells of a notebook, it means the last one.
 */
export function offeredFiles(turns: readonly Turn[], answer: AnswerTurn): readonly CodeExcerpt[] {
  let offered: readonly CodeExcerpt[] = [];
  for (const turn of turns.slice(0, turns.indexOf(answer))) {
    if (turn.role !== "user") continue;
    const shown = turn.attachments.flatMap(excerptsOf);
    const uris = new Map(shown.map(({ path, uri }) => [path, uri]));
    offered = [...offered.filter(({ path, uri }) => (uris.get(path) ?? uri) === uri), ...shown];
  }
  return offered;
}
