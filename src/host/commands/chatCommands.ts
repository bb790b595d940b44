import { exactDollars } from "../../core/budget/money";
import type { Chat, Question } from "../../core/chat/chat";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { AnswerOptions } from "../../core/chat/planAnswer";
import type { Result } from "../../core/dispatch/failure";
import { asksForEdit } from "../../core/dispatch/task";
import { toCommandResult } from "./commandResult";
import type { AnsweredResult, CommandResult } from "./commandResult";
import { reviewAnswer } from "./reviewCommands";
import type { ReviewCommandParts } from "./reviewCommands";

/** Asks, and waits for the answer's end. A failed answer is shown in the transcript. */
export async function askInChat(
  chat: Chat,
  question: Question,
  options?: AnswerOptions,
): Promise<CommandResult> {
  return answerResult(await chat.ask(question, options));
}

/** The same for a question that may ask for an edit, which is then shown for review. */
export async function askAndReview(
  parts: ReviewCommandParts,
  question: Question,
): Promise<CommandResult> {
  return reviewEdit(parts, await parts.chat.ask(question));
}

export async function retryInChat(
  parts: ReviewCommandParts,
  answerId: string,
  options?: AnswerOptions,
): Promise<CommandResult> {
  return reviewEdit(parts, await parts.chat.retry(answerId, options));
}

export async function continueInChat(
  parts: ReviewCommandParts,
  answerId: string,
): Promise<CommandResult> {
  return reviewEdit(parts, await parts.chat.continueAnswer(answerId));
}

export async function resendInChat(
  parts: ReviewCommandParts,
  questionId: string,
  text: string,
): Promise<CommandResult> {
  return reviewEdit(parts, await parts.chat.resend(questionId, text));
}

async function reviewEdit(
  parts: ReviewCommandParts,
  answered: Result<AnswerTurn>,
): Promise<CommandResult> {
  const result = answerResult(answered);
  if (!result.ok || !answered.ok || !asksForEdit(answered.value.task)) return result;
  const reviewed = await reviewAnswer(parts, answered.value.id);
  if (reviewed.ok) return { ...result, ...reviewed };
  // "Nothing to fix" is a valid answer.
  const isDone = answered.value.task === "fix" && reviewed.failure.kind === "noEdit";
  return isDone ? result : reviewed;
}

function answerResult(answered: Result<AnswerTurn>): CommandResult {
  if (!answered.ok) return toCommandResult(answered);
  const { id, model, text, status, settlement } = answered.value;
  if (status.kind === "failed") return { ok: false, failure: status.failure, shownInChat: true };
  const cost = settlement?.cost;
  const whole: AnsweredResult = {
    ok: true,
    answerId: id,
    model,
    text,
    ...(cost !== undefined && { costUsd: exactDollars(cost) }),
  };
  return whole;
}
