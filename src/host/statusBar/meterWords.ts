import { l10n } from "vscode";
import { capPeriods } from "../../core/budget/caps";
import type { CapPeriod } from "../../core/budget/caps";
import { formatDollars } from "../../core/budget/money";
import { limitDimensions, windowMs } from "../../core/limits/limits";
import type { LimitDimension } from "../../core/limits/limits";
import { formatWait } from "../formatWait";
import { budgetLevel } from "./meterState";
import type { BudgetLevel, MeterState, ModelRoom } from "./meterState";
import { formatCount } from "../formatCount";
import { costWords, requestWords } from "../spendWords";

/** `$0.012 / $0.50 · 6.1k tpm`: today's spend, its cap, the tokens of this minute, and anything unusual. */
export function meterText(state: MeterState): string {
  const { spends, caps, room, activity } = state;
  const spent = costWords(spends.day);
  const spend = caps.day === undefined ? spent : `${spent} / ${formatDollars(caps.day)}`;
  const minute = room?.room.tpm;
  const parts = [
    spend,
    ...(minute === undefined ? [] : [`${shortCount(minute.free)} tpm`]),
    ...levelWords(budgetLevel(state)),
    ...(activity === "waiting" ? [l10n.t("waiting")] : []),
    ...(activity === "offline" ? [l10n.t("offline")] : []),
  ];
  return parts.join(" · ");
}

/** For a screen reader, whose user cannot tell the figures apart by position. */
export function meterLabel(state: MeterState): string {
  const { spends, caps, raise, room, activity } = state;
  const { day } = spends;
  const parts = [
    l10n.t("{0} spent today in {1}", costWords(day), requestWords(day.calls)),
    ...(caps.day === undefined ? [] : [l10n.t("of {0}", formatDollars(caps.day))]),
    ...(raise === undefined ? [] : [l10n.t("raised for today")]),
    ...levelWords(budgetLevel(state)),
    ...(room?.room.tpm === undefined
      ? []
      : [l10n.t("{0} tokens a minute free", formatCount(room.room.tpm.free))]),
    ...(activity === "calm"
      ? []
      : [activity === "waiting" ? l10n.t("waiting") : l10n.t("offline")]),
  ];
  return `Groq Coder: ${parts.join(", ")}`;
}

/** The level in words, since colour alone must not carry it. */
function levelWords(level: BudgetLevel): readonly string[] {
  switch (level) {
    case "calm":
      return [];
    case "warning":
      return [l10n.t("near the budget")];
    case "over":
      return [l10n.t("budget used up")];
  }
}

/** Commands that the tooltip links to; it can run no others. */
export const linkedCommands = ["showUsage", "showLimits", "setBudget", "openChat"].map(
  (name) => `groqCoder.${name}`,
);

/** The tooltip, in Markdown: a table of spending, one of limits, and links. */
export function meterTooltip(state: MeterState): string {
  const rows = capPeriods.map((period) => spendRow(state, period));
  const spending = table([l10n.t("Spent"), "", l10n.t("Budget"), l10n.t("Requests")], rows);
  const remarks = [
    ...raiseRemark(state),
    ...(state.saved > 0n
      ? [l10n.t("The cache saved ~{0} this month.", formatDollars(state.saved))]
      : []),
    ...(capPeriods.some((period) => state.spends[period].estimated)
      ? [l10n.t("~ includes estimates, counted at the most that they can cost.")]
      : []),
    ...unpricedRemark(state.spends.day.unpriced),
  ];
  return [
    "**Groq Coder**",
    spending,
    ...(state.room === undefined ? [] : [limitsTable(state.room)]),
    ...remarks,
    links(),
  ].join("\n\n");
}

function unpricedRemark(count: number): readonly string[] {
  if (count === 0) return [];
  return count === 1
    ? [l10n.t("1 of today's requests has no known price.")]
    : [l10n.t("{0} of today's requests have no known price.", formatCount(count))];
}

function raiseRemark({ raise }: MeterState): readonly string[] {
  if (raise === undefined) return [];
  const takeBack = encodeURIComponent(JSON.stringify([{ today: 0 }]));
  return [
    l10n.t(
      "Today's budget is raised from {0}, until the day ends. {1}",
      formatDollars(raise.over),
      `[${l10n.t("Take it back")}](command:groqCoder.setBudget?${takeBack})`,
    ),
  ];
}

function links(): string {
  return [
    `[${l10n.t("Usage")}](command:groqCoder.showUsage)`,
    `[${l10n.t("Limits")}](command:groqCoder.showLimits)`,
    `[${l10n.t("Budget")}](command:groqCoder.setBudget)`,
    `[${l10n.t("Chat")}](command:groqCoder.openChat)`,
  ].join(" · ");
}

/** One row for each known limit: how much of it is free, and when all of it will be. */
export function limitRows({ room }: ModelRoom): readonly (readonly string[])[] {
  return limitDimensions.flatMap((dimension) => {
    const known = room[dimension];
    if (known === undefined) return [];
    const { limit, free } = known;
    const refillMs = ((limit - free) / limit) * windowMs[dimension];
    const full = refillMs < 1000 ? l10n.t("full") : l10n.t("full in {0}", formatWait(refillMs));
    return [[dimensionName(dimension), `${formatCount(free)} / ${formatCount(limit)}`, full]];
  });
}

/** A limit, for people. */
export function dimensionName(dimension: LimitDimension): string {
  switch (dimension) {
    case "rpm":
      return l10n.t("Requests per minute");
    case "rpd":
      return l10n.t("Requests per day");
    case "tpm":
      return l10n.t("Tokens per minute");
    case "tpd":
      return l10n.t("Tokens per day");
  }
}

function limitsTable(room: ModelRoom): string {
  const rows = limitRows(room);
  const model = asPlainText(room.model);
  return rows.length === 0
    ? l10n.t("The limits of {0} are not known yet.", model)
    : table([model, l10n.t("Free"), ""], rows);
}

/** A model's name comes from a service or a setting: it must not create a link or a table row. */
function asPlainText(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()<>#|!~&$]/g, "\\$&");
}

function spendRow({ spends, caps }: MeterState, period: CapPeriod): readonly string[] {
  const spend = spends[period];
  const cap = caps[period];
  return [
    periodName(period),
    costWords(spend),
    cap === undefined ? "–" : formatDollars(cap),
    formatCount(spend.calls),
  ];
}

function periodName(period: CapPeriod): string {
  switch (period) {
    case "session":
      return l10n.t("This chat");
    case "day":
      return l10n.t("Today");
    case "month":
      return l10n.t("This month");
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableLine(head), tableLine(head.map(() => "---")), ...rows.map(tableLine)].join("\n");
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** `850`, `6.1k`, `250k`. */
function shortCount(count: number): string {
  if (count < 1000) return String(count);
  return `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`;
}
