import { l10n } from "vscode";
import type { ConversationTitle } from "../../core/chat/title";

/** A conversation's title in words; never empty. */
export function titleWords(title: ConversationTitle): string {
  const words = title.kind === "command" ? commandWords(title.name, title.label) : title.text;
  return words === "" ? l10n.t("Untitled") : words;
}

/** `label` names the code; it may be empty. */
function commandWords(name: string, label: string): string {
  switch (name) {
    case "explain":
      return l10n.t("Explain {0}", label).trim();
    case "fix":
      return l10n.t("Fix {0}", label).trim();
    case "tests":
      return l10n.t("Tests for {0}", label).trim();
    case "docs":
      return l10n.t("Document {0}", label).trim();
    case "review":
      return l10n.t("Review {0}", label).trim();
    case "commit":
      return l10n.t("Commit message for {0}", label).trim();
    default:
      return `${name} ${label}`.trim();
  }
}
