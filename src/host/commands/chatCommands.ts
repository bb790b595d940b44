import { l10n, window } from "vscode";
import type { QuickPickItem } from "vscode";
import type { Chat, Question } from "../../core/chat/chat";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { Result } from "../../core/dispatch/failure";
import { formatDollars } from "../../core/budget/money";
import { catalogue } from "../../core/models/catalogue";
import type { Model } from "../../core/models/model";
import { writeModel } from "../settings";
import { done, toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** Asks, and waits for the answer's end. A failed answer stands in the transcript. */
export async function askInChat(chat: Chat, question: Question): Promise<CommandResult> {
  return answerResult(await chat.ask(question));
}

export async function retryInChat(chat: Chat, answerId: string): Promise<CommandResult> {
  return answerResult(await chat.retry(answerId));
}

/** Chooses the model for all later requests; asks without an argument. */
export async function selectModel(argument: unknown): Promise<CommandResult> {
  const id = typeof argument === "string" ? argument.trim() : await pickModel();
  if (id === undefined || id === "") return { ok: false, failure: { kind: "stopped" } };
  await writeModel(id);
  return done;
}

function answerResult(answered: Result<AnswerTurn>): CommandResult {
  if (!answered.ok) return toCommandResult(answered);
  const { status } = answered.value;
  if (status.kind !== "failed") return done;
  return { ok: false, failure: status.failure, shownInChat: true };
}

async function pickModel(): Promise<string | undefined> {
  const offered = catalogue.filter(
    (model) =>
      model.kind === "chat" && (model.status === "production" || model.status === "preview"),
  );
  const picked = await window.showQuickPick(offered.map(modelItem), {
    title: l10n.t("Model for Groq Coder"),
    placeHolder: l10n.t("Prices are per million tokens"),
    matchOnDetail: true,
  });
  return picked?.label;
}

function modelItem(model: Model): QuickPickItem {
  const price =
    model.price === undefined
      ? l10n.t("no price known")
      : l10n.t(
          "{0} in · {1} out",
          formatDollars(model.price.input),
          formatDollars(model.price.output),
        );
  return {
    label: model.id,
    detail: price,
    ...(model.status === "preview" && { description: l10n.t("preview") }),
  };
}
