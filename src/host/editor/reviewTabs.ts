import { l10n, TabInputText, TabInputTextDiff, window } from "vscode";
import type { Tab, Uri } from "vscode";
import { isMadeUp } from "./proposalDocuments";

/** The title of the tab with all diffs, its only mark: only proposed API says what it shows. */
export function allChangesTitle(): string {
  return l10n.t("Groq Coder: all changes");
}

/** Closes the tabs that show a review, by the address of what they show. */
export async function closeReviewTabs(shows: (shown: Uri) => boolean): Promise<void> {
  const isReview = ({ input, label }: Tab) =>
    label.startsWith(allChangesTitle()) ||
    (input instanceof TabInputText && shows(input.uri)) ||
    (input instanceof TabInputTextDiff && shows(input.modified));
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(isReview);
  if (tabs.length > 0) await window.tabGroups.close(tabs);
}

/** Closes the tabs of a review that a reload has ended: what they showed is gone. */
export function closeLeftOverTabs(): Promise<void> {
  return closeReviewTabs(isMadeUp);
}
