import { l10n } from "vscode";
import { formatDollars } from "../../core/budget/money";
import type { Spend } from "../../core/dispatch/ledger";

/** `~$0.012`. Where no call has a known price it says so: that is never nothing. */
export function costWords({ cost, estimated, calls, unpriced }: Spend): string {
  if (calls > 0 && unpriced === calls) return l10n.t("no price known");
  return `${estimated ? "~" : ""}${formatDollars(cost)}`;
}

/** An amount with how many requests it was, as a figure of the report. */
export function spendWords(spend: Spend): { readonly value: string; readonly detail: string } {
  const { calls, unpriced } = spend;
  const requests = l10n.t("{0} requests", calls.toLocaleString());
  const without = l10n.t("{0} of them without a known price", unpriced.toLocaleString());
  return {
    value: costWords(spend),
    detail: unpriced === 0 ? requests : `${requests}, ${without}`,
  };
}
