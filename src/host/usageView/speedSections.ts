import { l10n } from "vscode";
import type { ModelSpeed, Percentiles, UsageReport } from "../../core/report/usageReport";
import type { SectionView } from "../../protocol/reportMessages";
import type { ReportFacts } from "./reportFacts";
import { modelName, none } from "./reportWords";
import { chartSection, shortNumber, shortSeconds } from "./sections";
import type { ChartRow } from "./sections";
import { slotHead, slotNames, slotsOf } from "./spendSections";
import { formatCount } from "../formatCount";

/** How fast the models were: up to the first token, and after it. */
export function speedSections({ report: { speeds } }: ReportFacts): SectionView[] {
  const approximate = l10n.t("Percentiles are accurate to within 5 %.");
  return [
    speedSection(speeds, {
      id: "firstToken",
      title: l10n.t("Time to the first token"),
      summary: approximate,
      of: ({ firstToken }) => firstToken,
      ranks: ["p50", "p90", "p99"],
      name: shortSeconds,
    }),
    speedSection(speeds, {
      id: "tokensPerSecond",
      title: l10n.t("Tokens a second"),
      summary: approximate,
      of: ({ tokensPerSecond }) => tokensPerSecond,
      ranks: ["p10", "p50", "p90"],
      name: shortNumber,
    }),
  ];
}

/** More models are not legible side by side. */
const mostModels = 8;

function speedSection(
  speeds: readonly ModelSpeed[],
  given: {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly of: (speed: ModelSpeed) => Percentiles | undefined;
    readonly ranks: readonly Exclude<keyof Percentiles, "calls">[];
    readonly name: (value: number) => string;
  },
): SectionView {
  const { of, ranks, name } = given;
  const series = ranks.map((rank) => l10n.t("{0}th percentile", rank.slice(1)));
  const rows = speeds.slice(0, mostModels).flatMap((speed): ChartRow[] => {
    const known = of(speed);
    if (known === undefined) return [];
    const values = ranks.map((rank) => known[rank]);
    return [
      {
        head: nameOfModel(speed),
        values,
        cells: [...values.map((value) => `~${name(value)}`), formatCount(known.calls)],
      },
    ];
  });
  return chartSection({
    ...given,
    form: "beside",
    series,
    columns: [l10n.t("Model"), ...series, l10n.t("Requests")],
    rows,
  });
}

/** Medians over time, of the models that were asked most. */
export function speedOverTimeSections({ report }: ReportFacts): SectionView[] {
  return [
    speedOverTime(report, {
      id: "firstTokenOverTime",
      title: l10n.t("Time to the first token over time"),
      of: ({ firstToken }) => firstToken?.p50,
      name: shortSeconds,
    }),
    speedOverTime(report, {
      id: "tokensPerSecondOverTime",
      title: l10n.t("Tokens a second over time"),
      of: ({ tokensPerSecond }) => tokensPerSecond?.p50,
      name: shortNumber,
    }),
  ];
}

/** Side by side in each bar. */
const mostOverTime = 3;

function speedOverTime(
  report: UsageReport,
  given: {
    readonly id: string;
    readonly title: string;
    readonly of: (speed: ModelSpeed) => number | undefined;
    readonly name: (value: number) => string;
  },
): SectionView {
  const { of, name } = given;
  const shown = report.speeds.filter((speed) => of(speed) !== undefined).slice(0, mostOverTime);
  const series = shown.map(nameOfModel);
  const bySlot = Map.groupBy(report.speedsOverTime, ({ slot }) => slot);
  const nameOf = slotNames(report);
  const rows = slotsOf(report).map((slot): ChartRow => {
    const found = bySlot.get(slot) ?? [];
    const medians = shown.map(({ model, provider }) => {
      const speed = found.find((one) => one.model === model && one.provider === provider);
      return speed && of(speed);
    });
    return {
      head: nameOf(slot),
      values: medians.map((median) => median ?? 0),
      cells: medians.map((median) => (median === undefined ? none : `~${name(median)}`)),
    };
  });
  return chartSection({
    ...given,
    summary: l10n.t("The median of each model that was asked most, accurate to within 5 %."),
    form: "beside",
    series,
    columns: [slotHead(report), ...series],
    rows: shown.length === 0 ? [] : rows,
  });
}

function nameOfModel({ model: name, provider }: ModelSpeed): string {
  return modelName({ name, provider, isRest: false });
}
