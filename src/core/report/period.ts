import { addDays, addMonths, daysFromTo, isDay, monthDays, monthOf } from "./calendar";

/** Local days, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export type PeriodKind =
  | "today"
  | "last7"
  | "last30"
  | "month"
  | "lastMonth"
  | "quarter"
  | "lastQuarter"
  | "year"
  | "all";

/** The days of a report: a period that moves with the calendar, or days that the user named. */
export type ReportPeriod =
  | { readonly kind: PeriodKind }
  | { readonly kind: "custom"; readonly from: string; readonly to: string };

/** No ledger has days outside of these, so that a report of all days is bounded. */
const earliest = "1970-01-01";
const latest = "2199-12-31";

/**
 * The days of a period, seen from `today`; `booked` are the first and the last day with any spending. A running period ends
 * today, or on a later date if something was booked there: a traveller to the west has a day twice. A named day that does
 * not exist becomes today; days in the wrong order are swapped.
 */
export function rangeOf(
  period: ReportPeriod,
  today: string,
  booked: DayRange = { from: today, to: today },
): DayRange {
  const month = monthOf(today);
  switch (period.kind) {
    case "today":
      return { from: today, to: today };
    case "last7":
      return { from: addDays(today, -6), to: today };
    case "last30":
      return { from: addDays(today, -29), to: today };
    case "month":
      return upToNow(monthDays(month), today, booked);
    case "lastMonth":
      return monthDays(addMonths(month, -1));
    case "quarter":
      return upToNow(quarterOf(month), today, booked);
    case "lastQuarter":
      return quarterOf(addMonths(month, -3));
    case "year":
      return upToNow(yearOf(today), today, booked);
    case "all":
      return upToNow(
        { from: clamped(booked.from < today ? booked.from : today), to: latest },
        today,
        booked,
      );
    case "custom": {
      const days = [period.from, period.to].map((day) => clamped(isDay(day) ? day : today));
      const [from = today, to = today] = days.toSorted();
      return { from, to };
    }
  }
}

/** The part of a period in which something can have been booked. */
function upToNow(whole: DayRange, today: string, booked: DayRange): DayRange {
  const last = booked.to > today ? booked.to : today;
  return { from: whole.from, to: last < whole.to ? last : whole.to };
}

function clamped(day: string): string {
  if (day < earliest) return earliest;
  return day > latest ? latest : day;
}

/** The same number of days right before the range, to compare its spending with. */
export function rangeBefore({ from, to }: DayRange): DayRange {
  return { from: addDays(from, -daysFromTo(from, to)), to: addDays(from, -1) };
}

function quarterOf(day: string): DayRange {
  const month = monthOf(day);
  const from = addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3));
  return { from, to: addDays(addMonths(from, 3), -1) };
}

function yearOf(day: string): DayRange {
  const year = day.slice(0, 4);
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}
