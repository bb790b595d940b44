import type { Chat } from "../../core/chat/chat";
import { questionOf } from "../../core/chat/conversation";
import type { AnswerStatus, AnswerTurn } from "../../core/chat/conversation";
import type { Failure } from "../../core/dispatch/failure";
import type { ModelBook } from "../../core/models/modelBook";
import { retryInChat } from "../commands/chatCommands";
import type { ReviewCommandParts } from "../commands/reviewCommands";
import type { Reporter } from "../commands/reporter";
import { explainFailure } from "../explainFailure";
import type { Secrets } from "../secrets";
import { optionsOf, wayOutActions } from "./wayOutActions";

export interface WayOutParts extends ReviewCommandParts {
  readonly keys: Secrets;
  readonly book: () => ModelBook;
  readonly reporter: Reporter;
}

/** Runs the action of a button under a failed answer or, without an answer, under the chat's setup problem. */
export async function takeWayOut(
  parts: WayOutParts,
  actionId: string,
  answerId: string | undefined,
): Promise<void> {
  const { chat, reporter } = parts;
  const failed = failedAnswer(chat, answerId);
  const options = failed && offeredOptions(parts, failed, actionId);
  if (failed !== undefined && options !== undefined) {
    await reporter.report(() => retryInChat(parts, failed.turn.id, options));
    return;
  }
  const failure = failed?.status.failure ?? (await setupFailure(parts.keys));
  if (failure === undefined) return;
  const action = explainFailure(failure).actions.find(({ id }) => id === actionId);
  if (action === undefined) return;
  await reporter.act(action.id, failure, async () => {
    if (answerId !== undefined) await reporter.report(() => retryInChat(parts, answerId));
  });
}

interface FailedAnswer {
  readonly turn: AnswerTurn;
  readonly status: Extract<AnswerStatus, { kind: "failed" }>;
}

function failedAnswer(chat: Chat, answerId: string | undefined): FailedAnswer | undefined {
  const turn = chat.conversation().turns.find(({ id }) => id === answerId);
  if (turn?.role !== "answer" || turn.status.kind !== "failed") return undefined;
  return { turn, status: turn.status };
}

function offeredOptions({ chat, book }: WayOutParts, failed: FailedAnswer, actionId: string) {
  const { turn, status } = failed;
  if (status.waysOut === undefined) return undefined;
  const offers = wayOutActions(status.waysOut, questionOf(chat.conversation(), turn));
  const chosen = offers.find(({ id }) => id === actionId);
  return chosen && optionsOf(chosen.choice, book());
}

async function setupFailure(keys: Secrets): Promise<Failure | undefined> {
  const credentials = await keys.credentials();
  return credentials.ok ? undefined : credentials.failure;
}
