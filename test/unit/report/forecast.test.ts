import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, eachDay, isWeekend } from "../../../src/core/report/calendar";
import { forecastDays, forecastMonth } from "../../../src/core/report/forecast";
import type { DaySpend } from "../../../src/core/report/usageReport";

const dollar = 1_000_000_000_000n;
/** A Friday, with ten days of its month to come. */
const today = "2026-11-20";

function day(date: string, cost: bigint, nameless = false): DaySpend {
  return { day: date, spend: { cost, calls: 1, estimated: false, unpriced: 0 }, nameless };
}

/** Every day of the last `count`, today not included. */
function lastDays(count: number, costOf: (day: string) => bigint): DaySpend[] {
  return eachDay(addDays(today, -count), addDays(today, -1)).map((date) => day(date, costOf(date)));
}

describe("the forecast of a month", () => {
  it("is exact where each day is as the other", () => {
    const forecast = forecastMonth(
      lastDays(56, () => dollar),
      today,
    );
    expect(forecast).toEqual({
      spent: 19n * dollar,
      likely: 30n * dollar,
      low: 30n * dollar,
      high: 30n * dollar,
      days: 28,
    });
  });

  it("knows weekends from working days", () => {
    const forecast = forecastMonth(
      lastDays(56, (date) => (isWeekend(date) ? 0n : dollar)),
      today,
    );
    // Of 2026-11-01 to 30 there are 21 working days.
    expect(forecast?.likely).toBe(21n * dollar);
    expect(forecast?.high).toBe(21n * dollar);
  });

  it("counts what today has cost already, once", () => {
    const before = lastDays(28, () => dollar);
    const likely = (cost: bigint) => forecastMonth([...before, day(today, cost)], today)?.likely;
    expect(likely(dollar / 2n)).toBe(30n * dollar);
    expect(likely(dollar * 5n)).toBe(34n * dollar);
  });

  it("has a band that grows with the spread, and is never under what is spent", () => {
    const wild = lastDays(28, (date) => (date.endsWith("5") ? 20n * dollar : dollar / 10n));
    const forecast = forecastMonth(wild, today);
    if (forecast === undefined) throw new Error("there are days enough");
    expect(forecast.low).toBeGreaterThanOrEqual(forecast.spent);
    expect(forecast.high - forecast.likely).toBeGreaterThan(5n * dollar);
  });

  it.each([
    ["no day", []],
    ["six days", lastDays(6, () => dollar)],
    ["today alone", [day(today, dollar)]],
  ])("says nothing from %s", (_, days) => expect(forecastMonth(days, today)).toBeUndefined());

  it("counts days without any spending, since the first with some", () => {
    const forecast = forecastMonth([day(addDays(today, -10), 10n * dollar)], today);
    expect(forecast).toMatchObject({ days: 10, likely: 10n * dollar + 11n * dollar });
  });

  it("goes by no day that was deleted, but counts it as spent", () => {
    const deleted = day("2026-11-08", 100n * dollar, true);
    const forecast = forecastMonth([deleted, ...lastDays(10, () => dollar)], today);
    expect(forecast).toMatchObject({ spent: 110n * dollar, likely: 121n * dollar, days: 10 });
  });

  it("counts what is booked on a later date of the month, as a traveller's, once", () => {
    const before = lastDays(28, () => dollar);
    const likely = (cost: bigint) =>
      forecastMonth([...before, day("2026-11-22", cost)], today)?.likely;
    expect(likely(dollar / 2n)).toBe(30n * dollar);
    expect(likely(dollar * 5n)).toBe(34n * dollar);
  });

  it("on the last day of a month expects the rest of that day alone", () => {
    const last = "2026-11-30";
    const days = eachDay("2026-11-01", "2026-11-29").map((date) => day(date, dollar));
    expect(forecastMonth(days, last)?.likely).toBe(30n * dollar);
  });

  it("holds four of five months whose days are alike in kind", () => {
    const seeds = fc.sample(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), {
      numRuns: 200,
      seed: 7,
    });
    let inside = 0;
    for (const random of seeds) {
      const cost = () => BigInt(Math.round(Number(random.next().value) ** 2 * 1e6)) * 1_000_000n;
      const forecast = forecastMonth(lastDays(28, cost), today);
      let end = forecast?.spent ?? 0n;
      for (let left = 0; left <= 10; left++) end += cost();
      if (forecast !== undefined && forecast.low <= end && end <= forecast.high) inside++;
    }
    expect(inside / 200).toBeGreaterThan(0.72);
    expect(inside / 200).toBeLessThan(0.9);
  });

  it("asks for the whole month and the days before", () => {
    expect(forecastDays(today)).toEqual({ from: "2026-09-25", to: "2026-11-30" });
    expect(forecastDays("2026-11-01").from).toBe("2026-09-06");
  });
});
