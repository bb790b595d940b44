import { l10n } from "vscode";
import { formatDollars } from "../../core/budget/money";
import { costOf, uncachedUsage } from "../../core/budget/price";
import type { Chat, SummaryForecast } from "../../core/chat/chat";
import type { AnswerStatus } from "../../core/chat/conversation";
import { turnTokens } from "../../core/chat/history";
import { likelySummaryTokens } from "../../core/chat/summarise";
import type { Result } from "../../core/dispatch/failure";
import type { HistoryView } from "../../protocol/composerMessages";
import { formatWait } from "../formatWait";
import { receiptLine } from "./turnViews";
import { formatCount } from "../formatCount";

type Share = ReturnType<Chat["history"]>;

/** Marks where in the transcript the messages begin that are still sent, and what can be done about the others. */
export function viewHistory(
  { history, room }: Share,
  about: {
    /** Of a summary; undefined where none can help. */
    readonly foretold: Result<SummaryForecast> | undefined;
    readonly summarising: AnswerStatus | undefined;
    readonly nowMs: number;
  },
): HistoryView {
  const { summary, leftOut, kept } = history;
  const [firstSent] = kept;
  const [firstLeftOut] = leftOut;
  return {
    ...(summary !== undefined && {
      summary: {
        ...placedBefore((firstLeftOut ?? firstSent)?.id),
        turnId: summary.questionId,
        text: summary.content.text,
        receipt: receiptOf(summary.content),
      },
    }),
    ...(leftOut.length > 0 && {
      cut: {
        ...placedBefore(firstSent?.id),
        words: cutWords({ history, room }),
        offer: about.summarising === undefined ? offerWords(about.foretold) : "",
        progress:
          about.summarising === undefined ? "" : progressWords(about.summarising, about.nowMs),
      },
    }),
  };
}

/** For the line about the next request; "" if everything is sent. */
export function leftOutWords({ history: { leftOut } }: Pick<Share, "history">): string {
  if (leftOut.length === 0) return "";
  return leftOut.length === 1
    ? l10n.t("1 earlier message is not sent")
    : l10n.t("{0} earlier messages are not sent", formatCount(leftOut.length));
}

function placedBefore(turnId: string | undefined): { readonly before?: string } {
  return turnId === undefined ? {} : { before: turnId };
}

function cutWords({ history, room }: Share): string {
  const tokens = history.leftOut.reduce((sum, turn) => sum + turnTokens(turn), 0);
  return l10n.t(
    "{0}: what is above, up to {1} tokens. Of the {2} tokens that your limit admits at once, {3} are for earlier messages, the newest first.",
    leftOutWords({ history }),
    formatCount(tokens),
    formatCount(room.most),
    formatCount(room.history),
  );
}

/** The button's label with its price; "" if the request could not be sent. */
function offerWords(foretold: Result<SummaryForecast> | undefined): string {
  if (foretold?.ok !== true || foretold.value.admission.kind === "never") return "";
  const cost = priceWords(foretold.value);
  const { admission } = foretold.value;
  return admission.kind === "now"
    ? l10n.t("Summarise earlier messages ({0})", cost)
    : l10n.t("Summarise earlier messages ({0}, in {1})", cost, formatWait(admission.ms));
}

function priceWords({ prompt, model: { price } }: SummaryForecast): string {
  if (price === undefined) return l10n.t("no price");
  const usage = uncachedUsage(prompt.likely, likelySummaryTokens);
  return `~${formatDollars(costOf(usage, price))}`;
}

function progressWords(status: AnswerStatus, nowMs: number): string {
  return status.kind === "waiting" && status.untilMs !== undefined
    ? l10n.t("Waiting {0} for Groq's limit…", formatWait(Math.max(0, status.untilMs - nowMs)))
    : l10n.t("Summarising…");
}

function receiptOf({
  model,
  settlement,
  unread,
}: NonNullable<Share["history"]["summary"]>["content"]): string {
  const receipt = settlement === undefined ? [] : [model, receiptLine(settlement)];
  const left = unread === undefined ? [] : [l10n.t("without the oldest {0}", formatCount(unread))];
  return [...receipt, ...left].join(" · ");
}
