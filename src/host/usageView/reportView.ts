import { setImmediate as nextTurn } from "node:timers/promises";
import { l10n } from "vscode";
import { daysFromTo } from "../../core/report/calendar";
import { changeInPercent } from "../../core/report/otherPrices";
import type { PeriodKind } from "../../core/report/period";
import type { ReportView, SectionView, TileView } from "../../protocol/reportMessages";
import { periodKinds } from "../../protocol/usageChoices";
import { holdUpSections, hourSections } from "./limitSections";
import type { ReportFacts } from "./reportFacts";
import { none, percent, shortened } from "./reportWords";
import { tableSection } from "./sections";
import { speedOverTimeSections, speedSections } from "./speedSections";
import { allSavedWords, spendSections, tokenSections } from "./spendSections";
import { formatCount } from "../formatCount";
import { costWords, spendWords } from "../spendWords";

const sectionParts: readonly ((facts: ReportFacts) => readonly SectionView[])[] = [
  spendSections,
  tokenSections,
  speedSections,
  speedOverTimeSections,
  hourSections,
  holdUpSections,
  otherPriceSections,
];

/**
 * The report in words, with the numbers that its charts are drawn from. Each part of it is a turn of its own: all at once
 * would hold up the extension host.
 */
export async function viewReport(facts: ReportFacts): Promise<ReportView> {
  const sections: SectionView[] = [];
  for (const view of sectionParts) {
    sections.push(...view(facts));
    await nextTurn();
  }
  return {
    period: facts.period,
    ...facts.report.range,
    choices: [
      ...periodKinds.map((kind) => ({ value: kind, label: periodName(kind) })),
      { value: "custom", label: l10n.t("Other days") },
    ],
    tiles: [...calendarTiles(facts), ...periodTiles(facts)],
    notes: notesOf(facts),
    sections,
  };
}

/** What the status bar shows too, and the month's forecast. */
function calendarTiles({ day, month, forecast }: ReportFacts): TileView[] {
  return [
    { label: l10n.t("Today"), ...spendWords(day) },
    { label: l10n.t("This month"), ...spendWords(month) },
    forecast === undefined
      ? {
          label: l10n.t("Month's end"),
          value: none,
          detail: l10n.t("A forecast needs a week of data."),
        }
      : {
          label: l10n.t("Month's end"),
          value: estimate(forecast.likely),
          detail: l10n.t(
            "between {0} and {1}, four times in five",
            estimate(forecast.low),
            estimate(forecast.high),
          ),
        },
  ];
}

function periodTiles({ report, total, models }: ReportFacts): TileView[] {
  const { promptTokens, cachedTokens, completionTokens } = total.usage;
  const share = promptTokens === 0 ? 0 : (cachedTokens / promptTokens) * 100;
  return [
    { label: l10n.t("In this period"), ...spendWords(total) },
    {
      label: l10n.t("Trend"),
      value: trendWords({ report, total }),
      detail: meanWords({ report, total }),
    },
    {
      label: l10n.t("Input tokens"),
      value: formatCount(promptTokens),
      detail: l10n.t("{0} from the cache", percent(share)),
    },
    { label: l10n.t("Output tokens"), value: formatCount(completionTokens), detail: "" },
    {
      label: l10n.t("Saved by the cache"),
      value: allSavedWords(models),
      detail: l10n.t("at today's prices"),
    },
  ];
}

/** In percent. After almost no spending any change is large, and its number says nothing. */
const largestChange = 1000;

/** Compared with the same number of days right before. */
export function trendWords({ report, total }: Pick<ReportFacts, "report" | "total">): string {
  const change = changeInPercent(total.cost, report.before.cost);
  if (change === undefined) return none;
  if (change > largestChange) return l10n.t("over +{0}", percent(largestChange));
  return change > 0 ? `+${percent(change)}` : percent(change);
}

function meanWords({ report, total }: Pick<ReportFacts, "report" | "total">): string {
  const days = daysFromTo(report.range.from, report.range.to);
  const mean = { ...total, cost: total.cost / BigInt(Math.max(1, days)) };
  return l10n.t(
    "{0} a day; before, {1} in the same number of days",
    costWords(mean),
    report.before.calls === 0 ? none : costWords(report.before),
  );
}

export function notesOf({ total, report }: Pick<ReportFacts, "total" | "report">): string[] {
  return [
    ...(total.estimated || report.before.estimated
      ? [l10n.t("~ includes estimates, counted at the most that they can cost.")]
      : []),
    ...unpricedNote(total.unpriced),
  ];
}

function unpricedNote(count: number): string[] {
  if (count === 0) return [];
  return count === 1
    ? [l10n.t("1 request of this period has no known price and is in no sum.")]
    : [
        l10n.t(
          "{0} requests of this period have no known price and are in no sum.",
          formatCount(count),
        ),
      ];
}

/** What the tokens of the period would cost with other models. */
export function otherPriceSections({ others, total }: ReportFacts): readonly SectionView[] {
  const section = tableSection({
    id: "others",
    title: l10n.t("The same work at other models' prices"),
    summary: l10n.t(
      "The tokens of this period at today's prices. Another model counts and answers differently.",
    ),
    columns: [l10n.t("Model"), l10n.t("Cost")],
    rows:
      total.calls === 0
        ? []
        : others.map(({ model, cost }) => ({ head: shortened(model), cells: [otherCost(cost)] })),
  });
  return [section];
}

/** An amount that is not from the ledger. */
function otherCost(cost: bigint | undefined): string {
  return cost === undefined ? l10n.t("no price known") : estimate(cost);
}

export function estimate(cost: bigint): string {
  return costWords({ cost, estimated: true, calls: 0, unpriced: 0 });
}

function periodName(kind: PeriodKind): string {
  switch (kind) {
    case "today":
      return l10n.t("Today");
    case "last7":
      return l10n.t("Last 7 days");
    case "last30":
      return l10n.t("Last 30 days");
    case "month":
      return l10n.t("This month");
    case "lastMonth":
      return l10n.t("Last month");
    case "quarter":
      return l10n.t("This quarter");
    case "lastQuarter":
      return l10n.t("Last quarter");
    case "year":
      return l10n.t("This year");
    case "all":
      return l10n.t("Everything");
  }
}
