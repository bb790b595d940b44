import { l10n } from "vscode";
import { hourLimits, hourShares } from "../../core/report/limitUse";
import type { HourShare } from "../../core/report/limitUse";
import type { HoldUpTally } from "../../core/report/usageReport";
import type { SectionView } from "../../protocol/reportMessages";
import { formatWait } from "../formatWait";
import type { ReportFacts } from "./reportFacts";
import { holdUpReason, none, percent, shortened } from "./reportWords";
import { chartSection, shortNumber, shortPercent, tableSection } from "./sections";
import type { ChartRow } from "./sections";
import { slotHead, slotNames, slotsOf } from "./spendSections";
import { formatCount } from "../formatCount";

/** Waits and refusals, over time and by reason. */
export function holdUpSections({ report }: ReportFacts): SectionView[] {
  const { holdUps } = report;
  const series = [l10n.t("Waits"), l10n.t("Refusals")];
  const bySlot = Map.groupBy(holdUps, ({ slot }) => slot);
  const nameOf = slotNames(report);
  const rows = slotsOf(report).map((slot): ChartRow => {
    const found = bySlot.get(slot) ?? [];
    const values = (["wait", "refusal"] as const).map((kind) => sumOf(found, kind));
    return { head: nameOf(slot), values, cells: [...values.map(formatCount), waitWords(found)] };
  });
  return [
    chartSection({
      id: "holdUps",
      title: l10n.t("Waits and refusals"),
      summary: l10n.t(
        "Waits for a limit: {0}, {1} in total. Refusals: {2}.",
        formatCount(sumOf(holdUps, "wait")),
        waitWords(holdUps),
        formatCount(sumOf(holdUps, "refusal")),
      ),
      form: "stacked",
      series,
      columns: [slotHead(report), ...series, l10n.t("Time waited")],
      rows: holdUps.length === 0 ? [] : rows,
      leastStep: 1,
      name: shortNumber,
    }),
    reasonSection(holdUps),
  ];
}

function reasonSection(holdUps: readonly HoldUpTally[]): SectionView {
  const byReason = Map.groupBy(holdUps, ({ kind, reason }) => `${kind} ${reason}`);
  const rows = [...byReason.values()].flatMap((found) => {
    const [first] = found;
    if (first === undefined) return [];
    const number = found.reduce((sum, one) => sum + one.count, 0);
    const kind = first.kind === "wait" ? l10n.t("Wait") : l10n.t("Refusal");
    return [
      {
        number,
        head: holdUpReason(first.reason),
        cells: [kind, formatCount(number), waitWords(found)],
      },
    ];
  });
  return tableSection({
    id: "reasons",
    title: l10n.t("Reasons for waits and refusals"),
    summary: l10n.t("By how often each one held up a request."),
    columns: [l10n.t("Reason"), l10n.t("Kind"), l10n.t("Number"), l10n.t("Time waited")],
    rows: rows.toSorted((one, other) => other.number - one.number),
  });
}

function sumOf(holdUps: readonly HoldUpTally[], kind: HoldUpTally["kind"]): number {
  return holdUps.reduce((sum, one) => sum + (one.kind === kind ? one.count : 0), 0);
}

function waitWords(holdUps: readonly HoldUpTally[]): string {
  const waitedMs = holdUps.reduce((sum, one) => sum + one.waitedMs, 0);
  return waitedMs === 0 ? none : formatWait(waitedMs);
}

/** How near each hour of the day came to the limits, for the models that were asked most. */
export function hourSections({ report, limits }: ReportFacts): SectionView[] {
  return limits.map(({ model, limits: ofModel }, place) => {
    const inAnHour = hourLimits(ofModel);
    const isKnown = inAnHour.tokens !== undefined || inAnHour.requests !== undefined;
    const rows = hourShares(report.hours, model, inAnHour);
    return chartSection({
      id: `hours-${place}`,
      title: l10n.t("Limit use by hour: {0}", shortened(model)),
      summary: isKnown
        ? l10n.t(
            "Each hour of the day, on the day on which it was fullest, as a share of what your limits admit in an hour. Cached tokens do not count.",
          )
        : l10n.t(
            "The limits of this model are not known: its tokens and requests on each hour's fullest day.",
          ),
      form: "beside",
      series: isKnown ? [l10n.t("Tokens"), l10n.t("Requests")] : [l10n.t("Tokens")],
      columns: [
        l10n.t("Hour"),
        l10n.t("Tokens"),
        l10n.t("Share"),
        l10n.t("Requests"),
        l10n.t("Share"),
      ],
      rows: rows.map((row) => hourRow(row, isKnown)),
      name: isKnown ? shortPercent : shortNumber,
    });
  });
}

function hourRow(
  { hour, tokens, requests, tokenShare, requestShare }: HourShare,
  isKnown: boolean,
): ChartRow {
  return {
    head: `${String(hour).padStart(2, "0")}:00`,
    values: isKnown ? [tokenShare ?? 0, requestShare ?? 0] : [tokens],
    cells: [
      formatCount(tokens),
      shareWords(tokenShare),
      formatCount(requests),
      shareWords(requestShare),
    ],
  };
}

function shareWords(share: number | undefined): string {
  return share === undefined ? none : percent(share);
}
