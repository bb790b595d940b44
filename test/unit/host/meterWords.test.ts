import { describe, expect, it } from "vitest";
import { parseDollars } from "../../../src/core/budget/money";
import type { Spend } from "../../../src/core/dispatch/ledger";
import { budgetLevel } from "../../../src/host/statusBar/meterState";
import type { MeterState } from "../../../src/host/statusBar/meterState";
import {
  limitRows,
  meterLabel,
  meterText,
  meterTooltip,
} from "../../../src/host/statusBar/meterWords";

const spend = (dollars: string, given: Partial<Spend> = {}): Spend => ({
  cost: parseDollars(dollars) ?? 0n,
  calls: 3,
  estimated: false,
  unpriced: 0,
  ...given,
});

function state(given: Partial<MeterState> = {}): MeterState {
  return {
    spends: { session: spend("0.004"), day: spend("0.012"), month: spend("0.3") },
    caps: {},
    saved: 0n,
    warnAt: 80,
    activity: "calm",
    ...given,
  };
}

const caps = (day: string) => ({ day: parseDollars(day) ?? 0n });
const room = {
  model: "openai/gpt-oss-120b",
  room: { rpd: { limit: 1000, free: 998 }, tpm: { limit: 8000, free: 6100 } },
};

describe("the text in the status bar", () => {
  const check = (name: string, given: Partial<MeterState>, expected: string) =>
    it(name, () => expect(meterText(state(given))).toBe(expected));
  check("today's spend", {}, "$0.012");
  check("against the cap", { caps: caps("0.5") }, "$0.012 / $0.50");
  check("with the minute", { caps: caps("0.5"), room }, "$0.012 / $0.50 · 6.1k tpm");
  check("while a request waits", { activity: "waiting" }, "$0.012 · waiting");
  check("without a way to the service", { activity: "offline" }, "$0.012 · offline");
  check("near the cap", { caps: caps("0.013") }, "$0.012 / $0.013 · near the budget");
  check("at the cap", { caps: caps("0.012") }, "$0.012 / $0.012 · budget used up");
  check(
    "with an estimate in it",
    { spends: { ...state().spends, day: spend("0.02", { estimated: true }) } },
    "~$0.02",
  );
  check(
    "of requests without a known price",
    { spends: { ...state().spends, day: spend("0", { unpriced: 3 }) } },
    "no price known",
  );
});

describe("the level", () => {
  const check = (day: string, cap: string | undefined, expected: string) =>
    it(`${day} of ${cap ?? "no cap"}: ${expected}`, () => {
      const spends = { ...state().spends, day: spend(day) };
      const given = state({ spends, caps: cap === undefined ? {} : caps(cap) });
      expect(budgetLevel(given)).toBe(expected);
    });
  check("900", undefined, "calm");
  check("0.39", "0.5", "calm");
  check("0.4", "0.5", "warning");
  check("0.499999", "0.5", "warning");
  check("0.5", "0.5", "over");
});

it("tells of each limit what is free, and when all of it is", () => {
  expect(limitRows(room)).toEqual([
    ["Requests per day", "998 / 1,000", "full in 2 min 53 s"],
    ["Tokens per minute", "6,100 / 8,000", "full in 15 s"],
  ]);
});

it("has a table of spending and one of limits in the tooltip", () => {
  const tooltip = meterTooltip(state({ caps: caps("0.5"), room }));
  expect(tooltip).toContain("| Today | $0.012 | $0.50 | 3 |");
  expect(tooltip).toContain("| This month | $0.30 | – | 3 |");
  expect(tooltip).toContain("| Tokens per minute | 6,100 / 8,000 | full in 15 s |");
});

describe("the rest of the tooltip", () => {
  it("tells what the cache saved, as an estimate, and only where it saved something", () => {
    expect(meterTooltip(state({ saved: 4_000_000_000n }))).toContain("saved ~$0.0040 this month");
    expect(meterTooltip(state())).not.toContain("saved");
  });

  it("explains the mark of an estimate, whichever sum has it", () => {
    const month = spend("0.3", { estimated: true });
    const tooltip = meterTooltip(state({ spends: { ...state().spends, month } }));
    expect(tooltip).toContain("| This month | ~$0.30 |");
    expect(tooltip).toContain("~ includes estimates");
    expect(meterTooltip(state())).not.toContain("~");
  });

  it.each([
    [1, "1 of today's requests has no known price."],
    [1200, "1,200 of today's requests have no known price."],
  ])("never shows an unknown price as nothing: of %i requests", (calls, remark) => {
    const day = spend("0", { calls, unpriced: calls });
    const tooltip = meterTooltip(state({ spends: { ...state().spends, day } }));
    expect(tooltip).toContain("| Today | no price known | – |");
    expect(tooltip).toContain(remark);
  });

  it("says that the day is raised, and takes it back by a link", () => {
    const raise = { day: "2026-11-20", cap: 2n, over: parseDollars("0.5") ?? 0n };
    const tooltip = meterTooltip(state({ raise, caps: caps("2") }));
    expect(tooltip).toContain("raised from $0.50, until the day ends");
    const [, argument = ""] = /command:groqCoder\.setBudget\?([^)]+)\)/.exec(tooltip) ?? [];
    expect(JSON.parse(decodeURIComponent(argument))).toEqual([{ today: 0 }]);
  });

  it("links to what can be done", () => {
    for (const command of ["showUsage", "showLimits", "setBudget", "openChat"])
      expect(meterTooltip(state())).toContain(`](command:groqCoder.${command})`);
  });
});

it.each([
  "x](command:groqCoder.setBudget?[{}])",
  "x\n\n[y](command:groqCoder.setBudget)",
  "<a href='command:groqCoder.setBudget'>",
  "a | b",
  "$(gear)",
])("a model that is called %j makes no link and no row", (model) => {
  const tooltip = meterTooltip(state({ room: { ...room, model } }));
  const [head = ""] = tooltip.split("\n").filter((line) => line.includes("| Free |"));
  const name = head.replace(/^\| | \| Free \| {2}\|$/g, "");
  expect(name.replaceAll(/\\./g, "")).not.toMatch(/[[\]()<>|$]/);
  expect(name.replaceAll("\\", "")).toBe(model.replaceAll(/\s+/g, " "));
});

describe("what a screen reader says", () => {
  const check = (name: string, given: Partial<MeterState>, expected: string) =>
    it(name, () => expect(meterLabel(state(given))).toBe(`Groq Coder: ${expected}`));
  check("at rest", {}, "$0.012 spent today in 3 requests");
  check(
    "of one request",
    { spends: { ...state().spends, day: spend("0.012", { calls: 1 }) } },
    "$0.012 spent today in 1 request",
  );
  check(
    "with all there is",
    { caps: caps("0.5"), room, activity: "waiting" },
    "$0.012 spent today in 3 requests, of $0.50, 6,100 tokens a minute free, waiting",
  );
  check(
    "over the cap",
    { caps: caps("0.01") },
    "$0.012 spent today in 3 requests, of $0.01, budget used up",
  );
});
