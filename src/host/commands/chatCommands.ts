import type { Chat, Question } from "../../core/chat/chat";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { AnswerOptions } from "../../core/chat/planAnswer";
import type { Result } from "../../core/dispatch/failure";
import { asksForEdit } from "../../core/dispatch/task";
import { done, toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";
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
  return result.ok && answered.ok && asksForEdit(answered.value.task)
    ? reviewAnswer(parts, answered.value.id)
    : result;
}

function answerResult(answered: Result<AnswerTurn>): CommandResult {
  if (!answered.ok) return toCommandResult(answered);
  const { status } = answered.value;
  if (status.kind !== "failed") return done;
  return { ok: false, failure: status.failure, shownInChat: true };
}
