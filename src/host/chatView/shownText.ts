import { l10n } from "vscode";
import type { HostMessage } from "../../protocol/chatMessages";
import { formatCount } from "../formatCount";

type Append = Extract<HostMessage, { type: "append" }>;

/** The most that a page is sent of one text: ten times any model's longest answer, and well within a message's bound. */
const mostCharacters = 1_000_000;

/** The part of a turn's text that is sent to pages; the conversation keeps all of it. */
export function shownText(text: string): string {
  return text.slice(0, mostCharacters);
}

/** The part of an addition that still belongs to the shown part; undefined when none does. */
export function shownAppend(append: Append): Append | undefined {
  const text = append.text.slice(0, Math.max(0, mostCharacters - append.offset));
  return text === "" ? undefined : { ...append, text };
}

/** A note for a text of which only a part is shown; none for others. */
export function notAllShown(text: string): string[] {
  return text.length <= mostCharacters
    ? []
    : [l10n.t("Only the first {0} characters are shown.", formatCount(mostCharacters))];
}
