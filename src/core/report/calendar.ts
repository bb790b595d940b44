/**
 * Calendar arithmetic on local dates such as `2026-11-20`. Hours and time zones play no part: a day of 23 hours is a day,
 * and what was booked on a date stays there when the machine's zone changes.
 */

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether it is an existing date. */
export function isDay(text: string): boolean {
  return datePattern.test(text) && dayAt(numberOf(text)) === text;
}

/** `count` days later, or earlier if it is negative. */
export function addDays(day: string, count: number): string {
  return dayAt(numberOf(day) + count);
}

/** How many days from one to the other, both counted; 0 if the second is before the first. */
export function daysFromTo(from: string, to: string): number {
  return Math.max(0, numberOf(to) - numberOf(from) + 1);
}

/** Each day from one to the other, both included. */
export function eachDay(from: string, to: string): string[] {
  const first = numberOf(from);
  return Array.from({ length: daysFromTo(from, to) }, (_, place) => dayAt(first + place));
}

const dayMs = 86_400_000;

/** When the date begins in UTC, in milliseconds since the epoch. */
export function beginningOf(day: string): number {
  return numberOf(day) * dayMs;
}

/** `2026-11` of any of its days. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The first day of the month that is `count` months later, or earlier if it is negative. */
export function addMonths(month: string, count: number): string {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${padded(Math.floor(total / 12), 4)}-${padded((total % 12) + 1, 2)}-01`;
}

/** The first and the last day of a month. */
export function monthDays(month: string): { readonly from: string; readonly to: string } {
  return { from: `${monthOf(month)}-01`, to: addDays(addMonths(month, 1), -1) };
}

/** The months that a range of days touches, e.g. `2026-11`. */
export function eachMonth(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = monthOf(addMonths(month, 1)))
    months.push(month);
  return months;
}

/** Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  // Day 0, 1970-01-01, was a Thursday.
  const weekday = (((numberOf(day) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/**
 * Days since 1970-01-01 in the Gregorian calendar, years beginning in March so that the leap day is the last one
 * (https://howardhinnant.github.io/date_algorithms.html).
 */
function numberOf(day: string): number {
  const [, year = "", month = "", date = ""] = datePattern.exec(day) ?? [];
  const marchYear = Number(year) - (Number(month) <= 2 ? 1 : 0);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((Number(month) + 9) % 12) + 2) / 5) + Number(date) - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

/** The inverse of `numberOf`. */
function dayAt(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`;
}

function padded(count: number, places: number): string {
  return String(count).padStart(places, "0");
}
