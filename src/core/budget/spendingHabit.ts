import type { Picodollars } from "./money";
import type { HourSpend } from "./usageQueries";

/** An hour in which far more was spent than is usual. */
export interface UnusualHour {
  readonly day: string;
  readonly hour: number;
  readonly spent: Picodollars;
  /** The most that an hour cost before. */
  readonly usual: Picodollars;
}

/** Fewer hours of spending than this do not show what is usual. */
const leastHours = 5;

/** An hour is unusual if it cost more than this many times the most expensive hour before. */
const factor = 3n;

/** Ten cents: below it nobody minds. */
const leastSpent = 100_000_000_000n;

/**
 * Compares the current hour with the other given hours in which something was spent. Undefined if it is not
 * unusual, or if there is too little to compare with.
 */
export function unusualHour(
  hours: readonly HourSpend[],
  now: { readonly day: string; readonly hour: number },
): UnusualHour | undefined {
  const isNow = ({ day, hour }: HourSpend) => day === now.day && hour === now.hour;
  const spent = hours.find(isNow)?.cost ?? 0n;
  const before = hours.filter((hour) => !isNow(hour) && hour.cost > 0n);
  if (before.length < leastHours || spent < leastSpent) return undefined;
  const usual = before.reduce((most, { cost }) => (cost > most ? cost : most), 0n);
  return spent > factor * usual ? { ...now, spent, usual } : undefined;
}
