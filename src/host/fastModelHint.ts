import { commands, l10n, window } from "vscode";
import type { Disposable } from "vscode";
import type { Chat } from "../core/chat/chat";
import { timesTheFastPrice } from "../core/models/cheaperModel";
import type { EditorState } from "./editorState";
import { formatTenths } from "./formatCount";
import type { Settings } from "./settings";

const toldKey = "toldOfFastModel";
const silencedKey = "fastModelHintSilenced";

/** Says once in each workspace that a small request went to an expensive model, unless the user has silenced it. */
export function createFastModelHint(parts: {
  readonly chat: Pick<Chat, "onChange">;
  readonly settings: () => Pick<Settings, "book" | "fastModel">;
  readonly workspaceState: EditorState;
  readonly globalState: EditorState;
  readonly onError: (error: unknown) => void;
}): Disposable {
  const { chat, settings, workspaceState, globalState } = parts;

  async function tell(model: string, fastModel: string, times: number): Promise<void> {
    await workspaceState.update(toldKey, true);
    const select = l10n.t("Select Model");
    const silence = l10n.t("Don't Show Again");
    const chosen = await window.showInformationMessage(
      l10n.t(
        "{0} answered a small request at {1} times the price of {2}, your fast model.",
        model,
        formatTenths(times),
        fastModel,
      ),
      select,
      silence,
    );
    if (chosen === select) await commands.executeCommand("groqCoder.selectModel");
    else if (chosen === silence) await globalState.update(silencedKey, true);
  }

  return {
    dispose: chat.onChange((change) => {
      if (change.kind !== "turn" || change.turn.role !== "answer") return;
      const { turn } = change;
      if (turn.status.kind !== "complete") return;
      if (workspaceState.get(toldKey) === true || globalState.get(silencedKey) === true) return;
      const { book, fastModel } = settings();
      const times = timesTheFastPrice(turn, book.find(turn.model), fastModel);
      if (times !== undefined) tell(turn.model, fastModel.id, times).catch(parts.onError);
    }),
  };
}
