import { l10n } from "vscode";
import type { StoreNotice, StorePart } from "../core/dispatch/storeEvents";

/** What happened to a damaged store, in words. */
export function explainStoreNotice({ aside, lost, spendComplete }: StoreNotice): string {
  return [
    l10n.t(
      "Groq Coder's data file was damaged. It was kept as {0}, and a new one was created.",
      aside,
    ),
    lost.length === 0
      ? l10n.t("Everything was carried over.")
      : l10n.t("Everything was carried over except parts of: {0}.", lost.map(nameOf).join(", ")),
    ...(spendComplete
      ? []
      : [
          l10n.t(
            "Some requests could not be read, so today's and this month's sums may be too low; Groq's console has the correct ones.",
          ),
        ]),
  ].join(" ");
}

function nameOf(part: StorePart): string {
  switch (part) {
    case "calls":
      return l10n.t("the list of requests");
    case "conversations":
      return l10n.t("conversations");
    case "limits":
      return l10n.t("what was learnt about your limits");
  }
}
