import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  daysFromTo,
  eachDay,
  eachMonth,
  isDay,
  isWeekend,
  monthDays,
} from "../../../src/core/report/calendar";
import { rangeBefore, rangeOf } from "../../../src/core/report/period";
import type { ReportPeriod } from "../../../src/core/report/period";

const dayMs = 86_400_000;
const anyDay = fc.date({
  min: new Date("1900-01-01"),
  max: new Date("2199-12-31"),
  noInvalidDate: true,
});

const written = (date: Date) => date.toISOString().slice(0, 10);

describe("the calendar", () => {
  it("agrees with the world's, for any day and any distance", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -50_000, max: 50_000 }), (date, count) => {
        const [from, to] = [written(date), written(new Date(date.getTime() + count * dayMs))];
        expect(addDays(from, count)).toBe(to);
        expect(daysFromTo(from, to)).toBe(Math.max(0, count + 1));
        expect(isDay(to)).toBe(true);
        expect(isWeekend(from)).toBe([0, 6].includes(date.getUTCDay()));
      }),
    );
  });

  it.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-4-1", "", "2026-11-31"])(
    "%s is no day",
    (text) => expect(isDay(text)).toBe(false),
  );

  it.each([
    ["2026-11-20", -1, "2026-10-01"],
    ["2026-01", -1, "2025-12-01"],
    ["2026-11", 3, "2027-02-01"],
    ["2026-03", -15, "2024-12-01"],
  ])("%s and %i months", (month, count, expected) =>
    expect(addMonths(month, count)).toBe(expected),
  );

  it("knows where months end, and what lies between days", () => {
    expect(monthDays("2028-02")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
    expect(monthDays("2026-12-05")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
    // Of 23 and of 25 hours where clocks are put forward and back: days all the same.
    expect(eachDay("2026-03-28", "2026-03-30")).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    expect(eachDay("2026-10-24", "2026-10-26")).toHaveLength(3);
    expect(eachDay("2026-03-30", "2026-03-28")).toEqual([]);
    expect(eachMonth("2025-11-30", "2026-02-01")).toEqual([
      "2025-11",
      "2025-12",
      "2026-01",
      "2026-02",
    ]);
  });
});

describe("periods, seen from a day", () => {
  it.each<[ReportPeriod["kind"], string, string, string]>([
    ["today", "2026-11-20", "2026-11-20", "2026-11-20"],
    ["last7", "2026-03-03", "2026-02-25", "2026-03-03"],
    ["last30", "2026-11-20", "2026-10-22", "2026-11-20"],
    ["month", "2026-11-01", "2026-11-01", "2026-11-01"],
    ["lastMonth", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["quarter", "2026-11-20", "2026-10-01", "2026-11-20"],
    ["lastQuarter", "2026-01-05", "2025-10-01", "2025-12-31"],
    ["lastQuarter", "2026-06-30", "2026-01-01", "2026-03-31"],
    ["year", "2026-11-20", "2026-01-01", "2026-11-20"],
    ["all", "2026-11-20", "2025-05-01", "2026-11-20"],
  ])("%s on %s", (kind, today, from, to) => {
    if (kind === "custom") throw new Error("has days of its own");
    expect(rangeOf({ kind }, today, { from: "2025-05-01", to: today })).toEqual({ from, to });
  });

  it("turns named days round, and takes today for what is no day", () => {
    const named = (from: string, to: string) => rangeOf({ kind: "custom", from, to }, "2026-11-20");
    expect(named("2026-02-03", "2026-01-01")).toEqual({ from: "2026-01-01", to: "2026-02-03" });
    expect(named("2026-02-31", "2026-01-01")).toEqual({ from: "2026-01-01", to: "2026-11-20" });
  });

  it("bounds days that no ledger has", () =>
    expect(rangeOf({ kind: "custom", from: "0002-11-01", to: "9999-01-01" }, "2026-11-20")).toEqual(
      { from: "1970-01-01", to: "2199-12-31" },
    ));

  it("holds what was booked of it on a date that is still to come: after a journey west", () => {
    const booked = { from: "2026-10-02", to: "2026-11-21" };
    for (const kind of ["month", "quarter", "year", "all"] as const)
      expect(rangeOf({ kind }, "2026-11-20", booked).to).toBe("2026-11-21");
    for (const kind of ["month", "quarter", "year"] as const)
      expect(rangeOf({ kind }, "2026-12-31", { from: "2026-10-02", to: "2027-01-01" }).to).toBe(
        "2026-12-31",
      );
    expect(rangeOf({ kind: "today" }, "2026-11-20", booked).to).toBe("2026-11-20");
  });

  it("compares with as many days right before", () => {
    expect(rangeBefore({ from: "2026-11-01", to: "2026-11-20" })).toEqual({
      from: "2026-10-12",
      to: "2026-10-31",
    });
  });
});
