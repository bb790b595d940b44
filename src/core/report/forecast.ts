import type { Picodollars } from "../budget/money";
import { addDays, eachDay, isWeekend, monthDays, monthOf } from "./calendar";
import type { DaySpend } from "./usageReport";

/** What a month will have cost at its end, if the days to come are as the last ones. */
export interface MonthForecast {
  readonly spent: Picodollars;
  readonly likely: Picodollars;
  /** Four months in five should end between these. */
  readonly low: Picodollars;
  readonly high: Picodollars;
  /** Days that it is made from. */
  readonly days: number;
}

/** A forecast uses at most this many days before today; weekends and working days apart once there are enough of each. */
const mostDays = 28;
/** With fewer days there is no forecast. */
const leastDays = 7;
const leastOfKind = 4;

/** 80 % of a normal distribution lie within this many standard deviations. */
const deviations = 1.2816;

/** Picodollars in a millionth of a dollar: exact enough for a forecast, and 9 billion dollars of them fit a number. */
const unit = 1_000_000n;

/**
 * The days that `forecastMonth` needs: those that it is made from, and the whole month. Something can be booked on a later
 * date than today's: a traveller to the west has a day twice.
 */
export function forecastDays(today: string): { readonly from: string; readonly to: string } {
  const { from, to } = monthDays(monthOf(today));
  const [first = from] = [addDays(today, -2 * mostDays), from].toSorted();
  return { from: first, to };
}

/**
 * Extrapolates the mean and the spread of the last days, those without spending included, from the first day with spending
 * on. `recent` are the days of `forecastDays` with any spending. Deleted days count as spent, but are no samples.
 * Undefined where there are too few samples.
 */
export function forecastMonth(
  recent: readonly DaySpend[],
  today: string,
): MonthForecast | undefined {
  const samples = samplesOf(recent, today);
  if (samples.length < leastDays) return undefined;
  const spread = spreads(samples);
  const spentOn = (day: string) => recent.find((one) => one.day === day)?.spend.cost ?? 0n;
  const spent = recent
    .filter(({ day }) => monthOf(day) === monthOf(today))
    .reduce((sum, { spend }) => sum + spend.cost, 0n);
  let toCome = 0;
  const counts = new Map<Spread, number>();
  for (const day of eachDay(today, monthDays(monthOf(today)).to)) {
    const ofDay = spread(day);
    toCome += Math.max(0, ofDay.mean - Number(spentOn(day) / unit));
    // What is left of today varies little beside the days to come.
    if (day > today) counts.set(ofDay, (counts.get(ofDay) ?? 0) + 1);
  }
  let variance = 0;
  for (const [{ variance: ofDay, days }, count] of counts)
    // Of the days themselves, and of the mean, which is uncertain after few days.
    variance += count * ofDay + (count * count * ofDay) / days;
  const margin = deviations * Math.sqrt(variance);
  return {
    spent,
    likely: spent + amount(toCome),
    low: spent + amount(Math.max(0, toCome - margin)),
    high: spent + amount(toCome + margin),
    days: samples.length,
  };
}

interface Sample {
  readonly isWeekend: boolean;
  readonly cost: number;
}

interface Spread {
  readonly mean: number;
  readonly variance: number;
  readonly days: number;
}

function samplesOf(recent: readonly DaySpend[], today: string): Sample[] {
  const named = recent.filter(({ nameless }) => !nameless);
  const [first] = named;
  if (first === undefined) return [];
  const deleted = recent.findLast(({ nameless }) => nameless)?.day;
  const from = [
    first.day,
    addDays(today, -mostDays),
    ...(deleted === undefined ? [] : [addDays(deleted, 1)]),
  ].reduce((latest, day) => (day > latest ? day : latest));
  const costs = new Map(named.map(({ day, spend }) => [day, Number(spend.cost / unit)]));
  return eachDay(from, addDays(today, -1)).map((day) => ({
    isWeekend: isWeekend(day),
    cost: costs.get(day) ?? 0,
  }));
}

function spreads(samples: readonly Sample[]): (day: string) => Spread {
  const weekends = samples.filter((sample) => sample.isWeekend);
  const workdays = samples.filter((sample) => !sample.isWeekend);
  if (weekends.length < leastOfKind || workdays.length < leastOfKind) {
    const all = spreadOf(samples);
    return () => all;
  }
  const [atWeekends, atWork] = [spreadOf(weekends), spreadOf(workdays)];
  return (day) => (isWeekend(day) ? atWeekends : atWork);
}

function spreadOf(samples: readonly Sample[]): Spread {
  const days = samples.length;
  const mean = samples.reduce((sum, { cost }) => sum + cost, 0) / days;
  const squares = samples.reduce((sum, { cost }) => sum + (cost - mean) ** 2, 0);
  return { mean, variance: squares / (days - 1), days };
}

function amount(units: number): Picodollars {
  return BigInt(Math.round(units)) * unit;
}
