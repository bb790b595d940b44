import { l10n, window } from "vscode";
import type { QuickInputButton, QuickPick } from "vscode";
import type { ConversationList, ConversationSummary } from "../../core/chat/conversations";
import { readTitle } from "../../core/chat/title";
import type { Clock } from "../../core/dispatch/clock";
import type { Result } from "../../core/dispatch/failure";
import { explainFailure } from "../explainFailure";
import type { Log } from "../log";
import { historyButtons, historyRows } from "./historyRows";
import type { HistoryButtons, HistoryRow } from "./historyRows";
import { titleWords } from "./titleWords";

export interface HistoryPickerParts {
  readonly conversationList: ConversationList;
  readonly clock: Clock;
  readonly log: Log;
  /** Removes a conversation; `onRestored` is called when the user undoes that. */
  readonly remove: (
    conversation: ConversationSummary,
    onRestored: () => void,
  ) => Promise<Result<void>>;
}

/** Nobody scrolls through more than this; a search finds the others. */
const mostShown = 200;

/** Shows all conversations until one is chosen, by its id, or Escape is pressed. */
export async function pickConversation(parts: HistoryPickerParts): Promise<string | undefined> {
  const picker = window.createQuickPick<HistoryRow>();
  picker.title = l10n.t("Conversations");
  picker.placeholder = l10n.t("Search in titles, questions and answers");
  picker.keepScrollPosition = true;
  return new Promise((resolve) => {
    const session = createSession(parts, picker, (id) => {
      resolve(id);
      picker.dispose();
    });
    picker.onDidChangeValue(() => session.refresh());
    picker.onDidTriggerItemButton(({ item, button }) => session.press(item, button));
    picker.onDidAccept(() => session.accept());
    picker.onDidHide(() => session.hidden());
    picker.show();
    session.refresh();
  });
}

interface PickerSession {
  refresh(): void;
  press(row: HistoryRow, button: QuickInputButton): void;
  accept(): void;
  hidden(): void;
}

/** The behaviour of an open picker, until `end`. */
function createSession(
  parts: HistoryPickerParts,
  picker: QuickPick<HistoryRow>,
  end: (id: string | undefined) => void,
): PickerSession {
  const { conversationList } = parts;
  const buttons = historyButtons();
  let state: "shown" | "asking" | "ended" = "shown";
  /** Counts what was typed or done, so that only the newest result is drawn. */
  let wanted = 0;
  let isReading = false;

  async function read(): Promise<void> {
    wanted++;
    // One query at a time: when it ends, only the last of what was typed meanwhile is searched for.
    if (isReading) return;
    isReading = true;
    picker.busy = true;
    for (let asked = 0; asked !== wanted;) {
      asked = wanted;
      const listed = await conversationList.list(picker.value, mostShown);
      if (state !== "ended" && asked === wanted) draw(picker, listed, parts.clock, buttons);
    }
    isReading = false;
    if (state !== "ended") picker.busy = false;
  }

  async function act(
    conversation: ConversationSummary,
    button: QuickInputButton,
  ): Promise<Result<unknown> | undefined> {
    const { id } = conversation;
    switch (button) {
      case buttons.pin:
      case buttons.unpin:
        return conversationList.pin(id, button === buttons.pin);
      case buttons.remove:
        return parts.remove(conversation, () => redraw());
      default:
        return rename(conversation);
    }
  }

  /** The input box replaces the picker, which comes back afterwards. */
  async function rename({ id, title }: ConversationSummary): Promise<Result<void> | undefined> {
    state = "asking";
    const typed = await window.showInputBox({
      title: l10n.t("Rename Conversation"),
      prompt: l10n.t("Leave it empty to name it after its first question."),
      value: titleWords(title),
    });
    const renamed =
      typed === undefined ? undefined : await conversationList.rename(id, readTitle(typed));
    state = "shown";
    picker.show();
    return renamed;
  }

  function redraw(): void {
    if (state === "ended") return;
    read().catch((error: unknown) => parts.log.error(String(error)));
  }

  return {
    refresh: redraw,
    press({ conversation }, button) {
      if (conversation === undefined) return;
      act(conversation, button)
        .then((result) => {
          if (result?.ok === false)
            void window.showWarningMessage(explainFailure(result.failure).title);
          redraw();
        })
        .catch((error: unknown) => parts.log.error(String(error)));
    },
    accept() {
      const id = picker.selectedItems[0]?.conversation?.id;
      if (id === undefined) return;
      state = "ended";
      end(id);
    },
    hidden() {
      if (state !== "shown") return;
      state = "ended";
      end(undefined);
    },
  };
}

function draw(
  picker: QuickPick<HistoryRow>,
  listed: Result<readonly ConversationSummary[]>,
  clock: Clock,
  buttons: HistoryButtons,
): void {
  const active = picker.activeItems[0]?.conversation?.id;
  if (!listed.ok) picker.placeholder = explainFailure(listed.failure).title;
  picker.items = historyRows(listed.ok ? listed.value : [], clock, buttons);
  const again = picker.items.find(({ conversation }) => conversation?.id === active);
  if (active !== undefined && again !== undefined) picker.activeItems = [again];
}
