import { addDays, addMonths, daysFromTo, isDay, monthDays, monthOf } from "./calendar";

/** Local days, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const periodKinds = [
  "today",
  "last7",
  "last30",
  "month",
  "lastMonth",
  "quarter",
  "lastQuarter",
  "year",
  "all",
] as const;

export type PeriodKind = (typeof periodKinds)[number];

/** What a report is about: a period that moves on with the calendar, or days that the user named. */
export type ReportPeriod =
  | { readonly kind: PeriodKind }
  | { readonly kind: "custom"; readonly from: string; readonly to: string };

/**
 * The days of a period, seen from `today`; `firstDay` is the first one with any spending. A period that has not ended ends
 * today. Named days that are none, or are turned round, become today or are turned back.
 */
export function rangeOf(period: ReportPeriod, today: string, firstDay: string): DayRange {
  const month = monthOf(today);
  switch (period.kind) {
    case "today":
      return { from: today, to: today };
    case "last7":
      return { from: addDays(today, -6), to: today };
    case "last30":
      return { from: addDays(today, -29), to: today };
    case "month":
      return { from: `${month}-01`, to: today };
    case "lastMonth":
      return monthDays(addMonths(month, -1));
    case "quarter":
      return { from: quarterStart(month), to: today };
    case "lastQuarter":
      return {
        from: addMonths(quarterStart(month), -3),
        to: addDays(quarterStart(month), -1),
      };
    case "year":
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case "all":
      return { from: firstDay < today ? firstDay : today, to: today };
    case "custom": {
      const days = [period.from, period.to].map((day) => (isDay(day) ? day : today)).toSorted();
      const [from = today, to = today] = days;
      return { from, to };
    }
  }
}

/** As many days right before the range: what its spending is compared with. */
export function rangeBefore({ from, to }: DayRange): DayRange {
  return { from: addDays(from, -daysFromTo(from, to)), to: addDays(from, -1) };
}

function quarterStart(month: string): string {
  return addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3));
}
