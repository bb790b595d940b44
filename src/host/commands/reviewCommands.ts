import type { Chat } from "../../core/chat/chat";
import type { AnswerTurn, Turn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { excerptsOf } from "../../core/context/contextItem";
import { fail } from "../../core/dispatch/failure";
import type { Review } from "../editor/review";
import { toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";

export interface ReviewCommandParts {
  readonly chat: Chat;
  readonly review: Review;
}

/** Shows the edit of an answer, the newest one without an id, as a diff. */
export async function reviewAnswer(
  { chat, review }: ReviewCommandParts,
  answerId: unknown,
): Promise<CommandResult> {
  const { turns } = chat.conversation();
  const answer = findAnswer(turns, answerId);
  if (answer === undefined) return fail({ kind: "noEdit" });
  return toCommandResult(await review.open(answer, offeredFiles(turns, answer)));
}

export async function acceptEdit(
  { review }: ReviewCommandParts,
  answerId: unknown,
): Promise<CommandResult> {
  return toCommandResult(await review.accept(typeof answerId === "string" ? answerId : undefined));
}

export async function rejectEdit(
  { review }: ReviewCommandParts,
  answerId: unknown,
): Promise<CommandResult> {
  return toCommandResult(await review.reject(typeof answerId === "string" ? answerId : undefined));
}

function findAnswer(turns: readonly Turn[], answerId: unknown): AnswerTurn | undefined {
  const wanted = turns.findLast(
    (turn) => turn.role === "answer" && (typeof answerId !== "string" || turn.id === answerId),
  );
  return wanted?.role === "answer" ? wanted : undefined;
}

/** Every file that the user showed up to the question that this answers. */
export function offeredFiles(turns: readonly Turn[], answer: AnswerTurn): readonly CodeExcerpt[] {
  const before = turns.slice(0, turns.indexOf(answer));
  return before.flatMap((turn) =>
    turn.role === "user" ? turn.attachments.flatMap(excerptsOf) : [],
  );
}
