import { env, l10n } from "vscode";
import { scaleFor } from "../../core/report/scale";
import type { ChartView, SectionView } from "../../protocol/reportMessages";
import { whenUsed } from "../whenUsed";

/** One bar, or group of bars, with its row of the table. */
export interface ChartRow {
  readonly head: string;
  /** One for each series. */
  readonly values: readonly number[];
  /** One for each column after the first. */
  readonly cells: readonly string[];
}

/** A chart with its table; if there is nothing to draw, only the table's heads. */
export function chartSection(given: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly form: ChartView["form"];
  readonly series: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly ChartRow[];
  /** Between two lines of the scale; of counts, 1. */
  readonly leastStep?: number;
  /** A value of the scale, in words. */
  readonly name: (value: number) => string;
}): SectionView {
  const { id, title, form, series, rows, name } = given;
  const height = (values: readonly number[]) =>
    form === "stacked" ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  const largest = rows.reduce((most, { values }) => Math.max(most, height(values)), 0);
  const { top, lines } = scaleFor(largest, given.leastStep);
  const isEmpty = largest === 0;
  return {
    id,
    title,
    summary: rows.length === 0 ? l10n.t("Nothing in this period.") : given.summary,
    ...(!isEmpty && {
      chart: {
        form,
        series: [...series],
        values: rows.map(({ values }) => [...values]),
        top,
        ticks: lines.map((at) => ({ at, label: name(at) })),
      },
    }),
    table: {
      columns: [...given.columns],
      rows: rows.map(({ head, cells }) => ({ head, cells: [...cells] })),
    },
  };
}

/** A table without a chart. */
export function tableSection(given: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly columns: readonly string[];
  readonly rows: readonly Omit<ChartRow, "values">[];
}): SectionView {
  const { id, title, summary, columns, rows } = given;
  return {
    id,
    title,
    summary: rows.length === 0 ? l10n.t("Nothing in this period.") : summary,
    table: {
      columns: [...columns],
      rows: rows.map(({ head, cells }) => ({ head, cells: [...cells] })),
    },
  };
}

const shortNumbers = whenUsed(
  () =>
    new Intl.NumberFormat(env.language, {
      notation: "compact",
      maximumFractionDigits: 1,
    }),
);
const twoDigits = whenUsed(
  () => new Intl.NumberFormat(env.language, { maximumSignificantDigits: 2 }),
);
/** As amounts are written everywhere else, whatever the language. */
const shortAmounts = whenUsed(
  () => new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3, useGrouping: false }),
);

/** A label on a scale of counts: `12K`. */
export function shortNumber(value: number): string {
  return shortNumbers().format(value);
}

/** A label on a scale of shares, however small: `0.005 %`. */
export function shortPercent(value: number): string {
  return l10n.t("{0} %", twoDigits().format(value));
}

/** A time in milliseconds, however short: `0.043 s`. */
export function shortSeconds(ms: number): string {
  return l10n.t("{0} s", twoDigits().format(ms / 1000));
}

/** A label on a scale of dollars: `$0.005`. */
export function shortDollars(value: number): string {
  return `$${shortAmounts().format(value)}`;
}
