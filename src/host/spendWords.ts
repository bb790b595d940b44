import { l10n } from "vscode";
import { formatSpent } from "../core/budget/money";
import type { Spend } from "../core/dispatch/ledger";
import { formatCount } from "./formatCount";

/** `~$0.012`. If no request has a known price it says so, since that is not zero. */
export function costWords({ cost, estimated, calls, unpriced }: Spend): string {
  if (calls > 0 && unpriced === calls) return l10n.t("no price known");
  return formatSpent({ cost, estimated });
}

/** `1 request`, `1,203 requests`. */
export function requestWords(count: number): string {
  return count === 1 ? l10n.t("1 request") : l10n.t("{0} requests", formatCount(count));
}

/** An amount with its number of requests, as a figure of the report. */
export function spendWords(spend: Spend): { readonly value: string; readonly detail: string } {
  const { calls, unpriced } = spend;
  const requests = requestWords(calls);
  const without = l10n.t("{0} of them without a known price", formatCount(unpriced));
  return {
    value: costWords(spend),
    detail: unpriced === 0 ? requests : `${requests}, ${without}`,
  };
}
