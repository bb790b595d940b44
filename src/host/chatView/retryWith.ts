import { l10n, window } from "vscode";
import { fail } from "../../core/dispatch/failure";
import { retryInChat } from "../commands/chatCommands";
import type { CommandResult } from "../commands/commandResult";
import { modelItem, offeredModels } from "../commands/modelItems";
import type { OfferSettings } from "../commands/modelItems";
import type { ReviewCommandParts } from "../commands/reviewCommands";

/** Asks the question again, with a model that the user chooses for this answer only. */
export async function retryWith(
  parts: ReviewCommandParts,
  settings: OfferSettings,
  answerId: string,
): Promise<CommandResult> {
  const items = offeredModels(settings).map((model) => ({ ...modelItem(model, settings), model }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Retry with"),
    placeHolder: l10n.t("The model for this answer; your setting stays as it is"),
    matchOnDescription: true,
  });
  if (chosen === undefined) return fail({ kind: "stopped" });
  return retryInChat(parts, answerId, { model: chosen.model });
}
