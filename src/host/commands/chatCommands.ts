import type { Chat, Question } from "../../core/chat/chat";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { AnswerOptions } from "../../core/chat/planAnswer";
import type { Result } from "../../core/dispatch/failure";
import { done, toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** Asks, and waits for the answer's end. A failed answer stands in the transcript. */
export async function askInChat(
  chat: Chat,
  question: Question,
  options?: AnswerOptions,
): Promise<CommandResult> {
  return answerResult(await chat.ask(question, options));
}

export async function retryInChat(
  chat: Chat,
  answerId: string,
  options?: AnswerOptions,
): Promise<CommandResult> {
  return answerResult(await chat.retry(answerId, options));
}

export async function continueInChat(chat: Chat, answerId: string): Promise<CommandResult> {
  return answerResult(await chat.continueAnswer(answerId));
}

export async function resendInChat(
  chat: Chat,
  questionId: string,
  text: string,
): Promise<CommandResult> {
  return answerResult(await chat.resend(questionId, text));
}

function answerResult(answered: Result<AnswerTurn>): CommandResult {
  if (!answered.ok) return toCommandResult(answered);
  const { status } = answered.value;
  if (status.kind !== "failed") return done;
  return { ok: false, failure: status.failure, shownInChat: true };
}
