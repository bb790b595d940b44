import { l10n } from "vscode";
import type { HistoryFailure, ImportRefusal } from "../../core/dispatch/failure";
import { say } from "./explanation";
import type { Explanation } from "./explanation";

/** Problems with a conversation, its export or its import. */
export function explainHistoryFailure(failure: HistoryFailure): Explanation {
  switch (failure.kind) {
    case "conversationGone":
      return say(
        l10n.t("This conversation is gone"),
        l10n.t("It was deleted, perhaps in another window, or removed because of its age."),
      );
    case "turnGone":
      return say(
        l10n.t("This message is not in the open conversation"),
        l10n.t("Open the conversation that it belongs to, then try again."),
      );
    case "emptyConversation":
      return say(
        l10n.t("There is nothing to export"),
        l10n.t("Ask something first, or open a conversation from the history."),
      );
    case "fileExists":
      return say(
        l10n.t("{0} already exists", failure.path),
        l10n.t("It was not changed. Choose another name."),
      );
    case "fileNotWritten":
      return say(l10n.t("{0} cannot be written", failure.path), failure.detail);
    case "fileNotRead":
      return say(l10n.t("{0} cannot be read", failure.path), failure.detail);
    case "notImported":
      return say(
        l10n.t("{0} is not imported", failure.path),
        `${explainRefusal(failure.reason)} ${l10n.t("Nothing was changed.")}`,
      );
  }
}

function explainRefusal(reason: ImportRefusal): string {
  switch (reason) {
    case "foreign":
      return l10n.t("It is not a conversation that Groq Coder exported.");
    case "newer":
      return l10n.t("A newer version of Groq Coder has written it: update the extension.");
    case "damaged":
      return l10n.t("It is damaged or incomplete.");
    case "tooLarge":
      return l10n.t("It is too large.");
  }
}
