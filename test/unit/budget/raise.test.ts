import { describe, expect, it } from "vitest";
import type { Caps } from "../../../src/core/budget/caps";
import { formatDollars, parseDollars } from "../../../src/core/budget/money";
import { highestRaise, suggestedRaise, withRaise } from "../../../src/core/budget/raise";
import type { Raise } from "../../../src/core/budget/raise";

const dollars = (text: string): bigint => parseDollars(text) ?? 0n;
const raise: Raise = { day: "2026-11-20", cap: dollars("2"), over: dollars("0.5") };

describe("a raise", () => {
  const check = (name: string, caps: Caps, today: string, expected: Caps) =>
    it(name, () => expect(withRaise(caps, raise, today)).toEqual(expected));
  const caps = { session: dollars("1"), day: dollars("0.5"), month: dollars("9") };
  check("lifts the day's cap alone", caps, "2026-11-20", { ...caps, day: dollars("2") });
  check("ends with its day", caps, "2026-11-21", caps);
  check("ends when the daily cap is changed", { day: dollars("1") }, "2026-11-20", {
    day: dollars("1"),
  });
  check("makes no cap where none is set any more", {}, "2026-11-20", {});
});

describe("how far the day may be raised, and what is offered", () => {
  const check = (
    name: string,
    caps: Readonly<{ day: string; month?: string }>,
    needed: string,
    [highest, suggested]: readonly [string, string],
  ) =>
    it(name, () => {
      const given = {
        day: dollars(caps.day),
        ...(caps.month !== undefined && { month: dollars(caps.month) }),
      };
      expect(formatDollars(highestRaise(given))).toBe(highest);
      expect(formatDollars(suggestedRaise(given, dollars(needed)))).toBe(suggested);
    });
  check("half as much again", { day: "0.50" }, "0.51", ["$5.00", "$0.75"]);
  check("what the request needs, in whole cents", { day: "0.50" }, "0.8123", ["$5.00", "$0.82"]);
  check("no more than ten days' budgets", { day: "0.50" }, "70", ["$5.00", "$5.00"]);
  check("no more than the month", { day: "0.50", month: "0.60" }, "0", ["$0.60", "$0.60"]);
});
