import { l10n } from "vscode";
import { formatDollars } from "../../core/budget/money";
import { costOf, uncachedUsage } from "../../core/budget/price";
import type { Result } from "../../core/dispatch/failure";
import type { Forecast, SmallerRequest } from "../../core/dispatch/forecast";
import type { Model } from "../../core/models/model";
import { explainFailure } from "../explainFailure";
import { formatWait } from "../formatWait";
import { formatCount } from "../formatCount";

/** The line about the next request, and details for a tooltip. */
export interface NextRequest {
  readonly next: string;
  readonly nextDetail: string;
  readonly heldUp: boolean;
}

export const nothingNext: NextRequest = { next: "", nextDetail: "", heldUp: false };

/** `~1,240 tokens · ~$0.0004 · now`, or when, or why not and what would help. */
export function nextRequestWords(
  foretold: Result<Forecast>,
  about: {
    readonly model: Model;
    readonly expectedOutput: number;
    /** Another remark to add. */
    readonly also?: string;
  },
): NextRequest {
  if (!foretold.ok) {
    const { title, detail } = explainFailure(foretold.failure);
    return { next: title, nextDetail: detail, heldUp: true };
  }
  const { prompt, admission, smaller } = foretold.value;
  const { also = "" } = about;
  const tokens = l10n.t("~{0} tokens", formatCount(prompt.likely));
  const nextDetail = detailWords(foretold.value);
  switch (admission.kind) {
    case "now":
      return {
        next: joined([tokens, costWords(foretold.value, about), l10n.t("now"), also]),
        nextDetail,
        heldUp: false,
      };
    case "wait": {
      const when = l10n.t("in {0}", formatWait(admission.ms));
      const parts = [tokens, costWords(foretold.value, about), when, helpWords(smaller), also];
      return { next: joined(parts), nextDetail, heldUp: true };
    }
    case "never": {
      const { title, detail } = explainFailure(admission.failure);
      return {
        next: joined([tokens, title, helpWords(smaller), also]),
        nextDetail: detail,
        heldUp: true,
      };
    }
  }
}

/** The cost of the prompt and an answer of the usual length; an unknown price is never shown as zero. */
function costWords(
  { prompt, maxCompletionTokens, cost }: Forecast,
  { model, expectedOutput }: { readonly model: Model; readonly expectedOutput: number },
): string {
  if (cost === undefined || model.price === undefined) return l10n.t("no price");
  const usage = uncachedUsage(prompt.likely, Math.min(expectedOutput, maxCompletionTokens));
  return `~${formatDollars(costOf(usage, model.price))}`;
}

function detailWords({ maxCompletionTokens, cost }: Forecast): string {
  const answer = l10n.t("The answer may have {0} tokens.", formatCount(maxCompletionTokens));
  return cost === undefined
    ? answer
    : l10n.t("{0} It cannot cost more than {1}.", answer, formatDollars(cost.most));
}

function helpWords(smaller: SmallerRequest | undefined): string {
  switch (smaller?.kind) {
    case undefined:
      return "";
    case "shorterAnswer":
      return l10n.t("now with {0} tokens of answer", formatCount(smaller.maxCompletionTokens));
    case "shorterPrompt":
      return l10n.t("at most {0} tokens fit", formatCount(smaller.promptTokens));
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
