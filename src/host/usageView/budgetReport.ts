import { l10n } from "vscode";
import type { Caps } from "../../core/budget/caps";
import { formatDollars } from "../../core/budget/money";
import { monthOf } from "../../core/report/calendar";
import type { SectionView, TableView } from "../../protocol/reportMessages";
import type { ReportFacts } from "./reportFacts";
import { none } from "./reportWords";
import { estimate, notesOf, otherPriceSections, trendWords } from "./reportView";
import { allSavedWords, spendSections, tokenSections } from "./spendSections";
import { formatCount } from "../formatCount";
import { costWords } from "../spendWords";

/** A Markdown report to pass on: totals, trend, forecast, and the same work at other models' prices. */
export function budgetReport(facts: ReportFacts, caps: Caps): string {
  const { from, to } = facts.report.range;
  const parts = [
    `# ${l10n.t("Groq Coder: budget report, {0} to {1}", from, to)}`,
    l10n.t("Made on {0}. Amounts are US dollars.", facts.today),
    ...notesOf(facts).map((note) => `> ${note}`),
    heading(l10n.t("Totals")),
    markdownTable(totals(facts)),
    heading(l10n.t("Forecast for {0}", monthOf(facts.today))),
    forecastWords(facts, caps),
    ...[...spendSections(facts), ...tokenSections(facts), ...otherPriceSections(facts)].flatMap(
      sectionParts,
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function heading(text: string): string {
  return `## ${text}`;
}

function totals({ report, total, models }: ReportFacts): TableView {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = total.usage;
  const rows: readonly (readonly [string, string])[] = [
    [l10n.t("Spent"), costWords(total)],
    [l10n.t("Requests"), formatCount(total.calls)],
    [l10n.t("Requests without a known price"), formatCount(total.unpriced)],
    [l10n.t("Input tokens"), formatCount(promptTokens)],
    [l10n.t("Input tokens from the cache"), formatCount(cachedTokens)],
    [l10n.t("Output tokens"), formatCount(completionTokens)],
    [l10n.t("Output tokens for reasoning"), formatCount(reasoningTokens)],
    [l10n.t("Saved by the cache, at today's prices"), allSavedWords(models)],
    [
      l10n.t("Spent in the same number of days before"),
      report.before.calls === 0 ? none : costWords(report.before),
    ],
    [l10n.t("Trend"), trendWords({ report, total })],
  ];
  return {
    columns: ["", l10n.t("In this period")],
    rows: rows.map(([head, cell]) => ({ head, cells: [cell] })),
  };
}

function forecastWords({ forecast, month }: ReportFacts, caps: Caps): string {
  const spent = l10n.t("Spent so far this month: {0}.", costWords(month));
  const cap =
    caps.month === undefined
      ? l10n.t("No monthly budget is set.")
      : l10n.t("The monthly budget is {0}.", formatDollars(caps.month));
  if (forecast === undefined)
    return [spent, l10n.t("A forecast needs a week of data."), cap].join(" ");
  const { likely, low, high, days } = forecast;
  const expected = l10n.t(
    "At the month's end: {0}, and four times in five between {1} and {2}, going by the last {3} days.",
    estimate(likely),
    estimate(low),
    estimate(high),
    days,
  );
  return [spent, expected, cap].join(" ");
}

function sectionParts({ title, summary, table }: SectionView): string[] {
  return [
    heading(title),
    escaped(summary),
    ...(table.rows.length === 0 ? [] : [markdownTable(table)]),
  ];
}

function markdownTable({ columns, rows }: TableView): string {
  const lines = [
    columns,
    columns.map((_, place) => (place === 0 ? "---" : "---:")),
    ...rows.map(({ head, cells }) => [head, ...cells]),
  ];
  return lines.map((cells) => `| ${cells.map(escaped).join(" | ")} |`).join("\n");
}

/** Anybody can choose the names of models and workspaces: none becomes a column, a link, a picture or a tag. */
function escaped(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  if (/^:?-{3,}:?$/.test(line)) return line;
  return line.replaceAll(/[\\`*_{}[\]<>|!#@]|:(?=\/\/)|(?<=www)\./g, "\\$&");
}
