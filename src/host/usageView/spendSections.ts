import { l10n } from "vscode";
import { eachDay, eachMonth } from "../../core/report/calendar";
import { sumSpends, sumTallies } from "../../core/report/tally";
import type { Breakdown, Group, Slot, UsageReport } from "../../core/report/usageReport";
import type { SectionView } from "../../protocol/reportMessages";
import type { PricedTally, ReportFacts } from "./reportFacts";
import { modelName, none, percent, slotName, taskName, workspaceName } from "./reportWords";
import { chartSection, shortDollars, shortNumber, tableSection } from "./sections";
import type { ChartRow } from "./sections";
import { formatCount } from "../formatCount";
import { costWords } from "../spendWords";

/** Spending over time: by model, by kind of work, by workspace. */
export function spendSections({ report }: ReportFacts): SectionView[] {
  const { byModel, byTask, byWorkspace } = report;
  const of = (id: string, title: string, breakdown: Breakdown, name: (group: Group) => string) =>
    spendSection(report, { id, title, breakdown, name });
  return [
    of("byModel", l10n.t("Spending by model"), byModel, modelName),
    of("byTask", l10n.t("Spending by kind of work"), byTask, taskName),
    of("byWorkspace", l10n.t("Spending by workspace"), byWorkspace, workspaceName),
  ];
}

/** Every bar of the report's period, including empty ones. */
export function slotsOf({ range: { from, to }, unit }: UsageReport): Slot[] {
  return unit === "day" ? eachDay(from, to) : eachMonth(from, to);
}

/** The names of bars, with the year if there are several. */
export function slotNames({ range: { from, to } }: UsageReport): (slot: Slot) => string {
  const withYear = from.slice(0, 4) !== to.slice(0, 4);
  return (slot) => slotName(slot, withYear);
}

export function slotHead({ unit }: UsageReport): string {
  return unit === "day" ? l10n.t("Day") : l10n.t("Month");
}

function spendSection(
  report: UsageReport,
  given: {
    readonly id: string;
    readonly title: string;
    readonly breakdown: Breakdown;
    readonly name: (group: Group) => string;
  },
): SectionView {
  const { breakdown } = given;
  const nameOf = slotNames(report);
  const names = breakdown.groups.map(given.name);
  const bySlot = Map.groupBy(breakdown.cells, ({ slot }) => slot);
  const rows = slotsOf(report).map((slot): ChartRow => {
    const cells = bySlot.get(slot) ?? [];
    const ofGroup = names.map((_, place) => cells.find(({ group }) => group === place));
    const total = sumSpends(cells);
    return {
      head: nameOf(slot),
      values: ofGroup.map((cell) => dollars(cell?.cost ?? 0n)),
      cells: [
        ...ofGroup.map((cell) => (cell === undefined ? none : costWords(cell))),
        total.calls === 0 ? none : costWords(total),
        formatCount(total.calls),
      ],
    };
  });
  return chartSection({
    id: given.id,
    title: given.title,
    summary: shareWords(breakdown, names),
    form: "stacked",
    series: names,
    columns: [slotHead(report), ...names, l10n.t("Total"), l10n.t("Requests")],
    rows: breakdown.cells.length === 0 ? [] : rows,
    name: shortDollars,
  });
}

/** `openai/gpt-oss-120b: $1.20 (80 %) · openai/gpt-oss-20b: $0.30 (20 %)`. */
function shareWords({ cells }: Breakdown, names: readonly string[]): string {
  const total = dollars(sumSpends(cells).cost);
  return names
    .map((name, place) => {
      const sum = sumSpends(cells.filter(({ group }) => group === place));
      const hasShare = total > 0 && sum.unpriced < sum.calls;
      const share = hasShare ? ` (${percent((dollars(sum.cost) / total) * 100)})` : "";
      return `${name}: ${costWords(sum)}${share}`;
    })
    .join(" · ");
}

/** Tokens over time, and each model's total. */
export function tokenSections({
  report,
  models,
  total,
  savings,
}: Pick<ReportFacts, "report" | "models" | "total" | "savings">): SectionView[] {
  const nameOf = slotNames(report);
  const bySlot = Map.groupBy(report.byModel.cells, ({ slot }) => slot);
  const rows = slotsOf(report).map((slot): ChartRow => {
    const { usage } = sumTallies(bySlot.get(slot) ?? []);
    const { promptTokens, cachedTokens, completionTokens } = usage;
    const values = [promptTokens - cachedTokens, cachedTokens, completionTokens];
    return { head: nameOf(slot), values, cells: values.map(formatCount) };
  });
  const { promptTokens, cachedTokens, completionTokens } = total.usage;
  const series = [l10n.t("Input"), l10n.t("Cached input"), l10n.t("Output")];
  return [
    chartSection({
      id: "tokens",
      title: l10n.t("Tokens"),
      summary: l10n.t(
        "{0} of input, {1} of them from the cache, and {2} of output.",
        formatCount(promptTokens),
        formatCount(cachedTokens),
        formatCount(completionTokens),
      ),
      form: "stacked",
      series,
      columns: [slotHead(report), ...series],
      rows: report.byModel.cells.length === 0 ? [] : rows,
      leastStep: 1,
      name: shortNumber,
    }),
    savingSection(report, savings),
    tableSection({
      id: "models",
      title: l10n.t("Models"),
      summary: l10n.t("Savings are calculated at today's prices."),
      columns: [
        l10n.t("Model"),
        l10n.t("Requests"),
        l10n.t("Input tokens"),
        l10n.t("Cached"),
        l10n.t("Output tokens"),
        l10n.t("Spent"),
        l10n.t("Saved by the cache"),
      ],
      rows: models.map((one) => ({
        head: modelName({ name: one.model, provider: one.provider, isRest: false }),
        cells: modelCells(one),
      })),
    }),
  ];
}

function savingSection(report: UsageReport, savings: ReportFacts["savings"]): SectionView {
  const nameOf = slotNames(report);
  const series = [l10n.t("Saved by the cache")];
  const rows = slotsOf(report).map((slot): ChartRow => {
    const saved = savings.get(slot);
    return {
      head: nameOf(slot),
      values: [dollars(saved ?? 0n)],
      cells: [saved === undefined ? none : savedWords(saved)],
    };
  });
  const sum = [...savings.values()].reduce((total, saved) => total + saved, 0n);
  return chartSection({
    id: "savings",
    title: l10n.t("Savings over time"),
    summary: l10n.t("{0} saved by the cache, at today's prices.", savedWords(sum)),
    form: "stacked",
    series,
    columns: [slotHead(report), ...series],
    rows: savings.size === 0 ? [] : rows,
    name: shortDollars,
  });
}

function modelCells(tally: PricedTally): string[] {
  const { calls, usage, saved } = tally;
  return [
    formatCount(calls),
    formatCount(usage.promptTokens),
    formatCount(usage.cachedTokens),
    formatCount(usage.completionTokens),
    costWords(tally),
    savedWords(saved),
  ];
}

/** What the cache saved with all of the models, as far as their prices are known. */
export function allSavedWords(models: readonly PricedTally[]): string {
  const known = models.flatMap(({ saved }) => saved ?? []);
  if (models.length > 0 && known.length === 0) return savedWords(undefined);
  return savedWords(known.reduce((sum, saved) => sum + saved, 0n));
}

/** An estimate: the price may have been different then. */
function savedWords(saved: bigint | undefined): string {
  if (saved === undefined) return l10n.t("no price known");
  return costWords({ cost: saved, estimated: saved > 0n, calls: 0, unpriced: 0 });
}

/** Precise enough for the height of a bar, not for an amount. */
function dollars(amount: bigint): number {
  return Number(amount) / 1e12;
}
