import { l10n } from "vscode";
import type { ChipView } from "../../protocol/composerMessages";
import type { ContextChip } from "../context/contextBoard";
import { formatCount } from "../formatCount";

/** A chip in words. */
export function viewChip({ id, label, tokens, warning }: ContextChip): ChipView {
  return {
    id,
    label,
    tokens: tokens === undefined ? "" : tokenWords(tokens),
    warning: warning ?? "",
  };
}

function tokenWords({ count, exact }: NonNullable<ContextChip["tokens"]>): string {
  const number = formatCount(count);
  return exact ? l10n.t("{0} tokens", number) : l10n.t("~{0} tokens", number);
}
