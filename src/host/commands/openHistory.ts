import { l10n, window } from "vscode";
import type { Chat } from "../../core/chat/chat";
import type {
  ConversationList,
  Conversations,
  ConversationSummary,
} from "../../core/chat/conversations";
import type { Clock } from "../../core/dispatch/clock";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { ChatPlaces } from "../chatView/chatPlaces";
import { pickConversation } from "../history/historyPicker";
import { titleWords } from "../history/titleWords";
import type { Log } from "../log";
import type { CommandResult } from "./commandResult";

export interface HistoryParts {
  readonly chat: Pick<Chat, "conversation" | "isBusy" | "stop" | "idle" | "open" | "startNew">;
  readonly places: Pick<ChatPlaces, "show">;
  readonly conversations: Pick<Conversations, "load">;
  readonly conversationList: ConversationList;
  readonly clock: Clock;
  readonly log: Log;
}

/** Which conversation the chat shows now. */
export interface OpenedConversation {
  readonly ok: true;
  readonly conversationId: string;
}

/** Opens the conversation with this id in the chat; without one, shows all of them to choose from. */
export async function openHistory(parts: HistoryParts, argument: unknown): Promise<CommandResult> {
  const id =
    typeof argument === "string"
      ? argument
      : await pickConversation({
          ...parts,
          remove: (conversation, onRestored) => remove(parts, conversation, onRestored),
        });
  return id === undefined ? fail({ kind: "stopped" }) : openConversation(parts, id);
}

/** Opens its newest form: another window may have continued it. An answer under way in another conversation is stopped. */
export async function openConversation(
  { chat, places, conversations }: HistoryParts,
  id: string,
): Promise<CommandResult> {
  const opened: OpenedConversation = { ok: true, conversationId: id };
  const current = chat.conversation();
  if (current.id !== id || !chat.isBusy()) {
    chat.stop();
    await chat.idle();
    const loaded = await conversations.load(id);
    if (!loaded.ok) return loaded;
    if (loaded.value === undefined) return fail({ kind: "conversationGone" });
    const stored = new Set(loaded.value.turns.map((turn) => turn.id));
    // Turns that could not be saved are only in this window, and must stay.
    const isAllStored = chat.conversation().turns.every((turn) => stored.has(turn.id));
    if (current.id !== id || isAllStored) chat.open(loaded.value);
  }
  await places.show();
  return opened;
}

/** Removes it from the list and from the chat; the notification's button restores it. */
async function remove(
  parts: HistoryParts,
  { id, title }: ConversationSummary,
  onRestored: () => void,
): Promise<Result<void>> {
  const { chat, conversationList } = parts;
  const isOpen = chat.conversation().id === id;
  if (isOpen) {
    chat.stop();
    await chat.idle();
  }
  const removed = await conversationList.remove(id);
  if (!removed.ok) return removed;
  if (isOpen) chat.startNew();
  // The notification stays until the user closes it.
  offerUndo(parts, { id, words: titleWords(title), reopen: isOpen }, onRestored).catch(
    (error: unknown) => parts.log.error(String(error)),
  );
  return succeed(undefined);
}

async function offerUndo(
  parts: HistoryParts,
  removed: { readonly id: string; readonly words: string; readonly reopen: boolean },
  onRestored: () => void,
): Promise<void> {
  const undo = l10n.t("Undo");
  const told = l10n.t("The conversation “{0}” was deleted.", removed.words);
  if ((await window.showInformationMessage(told, undo)) !== undo) return;
  const restored = await parts.conversationList.restore(removed.id);
  if (!restored.ok) throw new Error(restored.failure.kind);
  onRestored();
  if (removed.reopen && parts.chat.conversation().turns.length === 0)
    await openConversation(parts, removed.id);
}
