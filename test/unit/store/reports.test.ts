import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { addDays, monthOf } from "../../../src/core/report/calendar";
import { rangeBefore } from "../../../src/core/report/period";
import type { DayRange } from "../../../src/core/report/period";
import { sumSpends, sumTallies } from "../../../src/core/report/tally";
import type { Breakdown, UsageReport } from "../../../src/core/report/usageReport";
import type { OpenedStore } from "../../fakes/openedStore";
import { abandon, reservation, settlement } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let store: OpenedStore;
beforeEach(() => {
  store = windows.open();
});

const november: DayRange = { from: "2026-11-01", to: "2026-11-30" };

function report(range: DayRange, unit: UsageReport["unit"] = "day"): UsageReport {
  return store.readReport({ range, before: rangeBefore(range), recent: range, unit });
}

/** The ledger's calls themselves, one by one. */
function rawSum({ from, to }: DayRange) {
  const database = new DatabaseSync(windows.path, { readOnly: true });
  const statement = database.prepare(
    `SELECT coalesce(sum(cost), 0) AS cost, count(*) AS calls, coalesce(sum(estimated), 0) > 0 AS estimated,
       coalesce(sum(cost IS NULL), 0) AS unpriced,
       coalesce(sum(CASE settled WHEN 0 THEN 0 ELSE prompt_tokens END), 0) AS prompt,
       coalesce(sum(CASE settled WHEN 0 THEN 0 ELSE cached_tokens END), 0) AS cached,
       coalesce(sum(CASE settled WHEN 0 THEN 0 ELSE completion_tokens END), 0) AS completion
     FROM calls WHERE day BETWEEN ? AND ?`,
  );
  statement.setReadBigInts(true);
  const row = statement.get(from, to) ?? {};
  database.close();
  return {
    cost: BigInt(String(row["cost"])),
    calls: Number(row["calls"]),
    estimated: Number(row["estimated"]) === 1,
    unpriced: Number(row["unpriced"]),
    tokens: [row["prompt"], row["cached"], row["completion"]].map(Number),
  };
}

/** Every way in which a report says the same sum. */
function sumsOf({ models, byModel, byTask, byWorkspace, recent }: UsageReport) {
  const tallies = [models, byModel.cells, byTask.cells, byWorkspace.cells].map(sumTallies);
  return [
    ...tallies.map(({ usage, ...spend }) => ({
      ...spend,
      tokens: [usage.promptTokens, usage.cachedTokens, usage.completionTokens],
    })),
    { ...sumSpends(recent.map(({ spend }) => spend)), tokens: undefined },
  ];
}

function expectSums(found: UsageReport, { tokens, ...spend }: ReturnType<typeof rawSum>): void {
  for (const sum of sumsOf(found))
    expect(sum).toEqual({ ...spend, tokens: sum.tokens === undefined ? undefined : tokens });
}

const act = fc.record({
  about: fc.record({
    day: fc.constantFrom("2026-10-31", "2026-11-01", "2026-11-20", "2026-11-30", "2026-12-01"),
    hour: fc.constantFrom(0, 2, 23),
    model: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"),
    task: fc.constantFrom("chat", "explain", "edit"),
    workspace: fc.constantFrom("", "w"),
    provider: fc.constantFrom("groq", "fallback"),
  }),
  cost: fc.option(fc.bigInt({ min: 0n, max: 2n ** 58n }), { nil: undefined }),
  estimated: fc.boolean(),
  promptTokens: fc.nat(100_000),
  end: fc.constantFrom("settle", "settle", "settle", "cancel", "leave", "crash"),
});

describe("every sum of a report", () => {
  it("is the ledger's, whatever was reserved, settled, cancelled, left open or crashed", () => {
    let calls = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), (acts) => {
        for (const { about, cost, estimated, promptTokens, end } of acts) {
          const id = `call ${++calls}`;
          store.reserve(reservation(id, { ...about, cost }), {});
          const usage = {
            promptTokens,
            cachedTokens: promptTokens >> 1,
            completionTokens: 7,
            reasoningTokens: 3,
          };
          if (end === "settle") store.settle(id, settlement({ cost, estimated, usage }));
          if (end === "cancel") store.cancel(id);
          if (end === "crash") abandon(windows.path, id);
        }
        for (const range of [november, { from: "2026-10-31", to: "2026-12-01" }])
          expectSums(report(range), rawSum(range));
        expectSums(report(november, "month"), rawSum(november));
        const month = store.spent({ kind: "month", month: "2026-11" });
        expect(sumSpends(report(november).models)).toEqual(month);
      }),
      { numRuns: 20 },
    );
  });

  it("holds after a mixed day of 500 calls from three windows", () => {
    const three = [store, windows.open(), windows.open()];
    for (let call = 0; call < 500; call++) {
      const id = `call ${call}`;
      const window = three[call % 3] ?? store;
      const cost = call % 41 === 0 ? undefined : BigInt(call) * 1_000_003n;
      const model = `model ${call % 9}`;
      window.reserve(reservation(id, { model, hour: call % 24, cost: cost && cost * 2n }), {});
      if (call % 50 === 49) continue;
      if (call % 17 === 3) window.cancel(id);
      else window.settle(id, settlement({ cost, estimated: call % 29 === 0 }));
    }
    const day = { from: "2026-11-20", to: "2026-11-20" };
    const raw = rawSum(day);
    expect(raw.calls).toBe(470);
    for (const window of three) {
      const read = window.readReport({
        range: day,
        before: rangeBefore(day),
        recent: day,
        unit: "day",
      });
      expectSums(read, raw);
      expect(sumSpends(read.models)).toEqual(window.spent({ kind: "day", day: day.from }));
    }
  });

  it("keeps what deleting all data has left, without a name", () => {
    store.reserve(reservation("1", { day: "2026-11-03" }), {});
    store.settle("1", settlement({ cost: 10n }));
    store.reserve(reservation("2"), {});
    store.settle("2", settlement({ cost: 100n }));
    store.deleteAll("2026-11-20");
    store.reserve(reservation("3", { model: "a" }), {});
    store.settle("3", settlement({ cost: 1000n }));
    const { models, byTask, byWorkspace, speeds, recent } = report(november);
    expect(models.map(({ model, cost, calls }) => [model, cost, calls])).toEqual([
      ["a", 1000n, 1],
      ["", 110n, 2],
    ]);
    expect(byTask.groups.map(({ name }) => name)).toEqual(["chat", ""]);
    expect(byWorkspace.groups.map(({ name }) => name)).toEqual(["project", ""]);
    expect(recent.map(({ day, nameless }) => [day, nameless])).toEqual([
      ["2026-11-03", true],
      ["2026-11-20", true],
    ]);
    expect(speeds).toHaveLength(1);
    expect(sumSpends(models)).toEqual(store.spent({ kind: "month", month: "2026-11" }));
  });
});

it("too many groups: the dearest stand alone, the rest together", () => {
  for (let model = 0; model < 12; model++) {
    store.reserve(reservation(`${model}`, { model: `m${model}` }), {});
    store.settle(`${model}`, settlement({ cost: BigInt(model) }));
  }
  const { groups, cells }: Breakdown = report(november).byModel;
  expect(groups.map(({ name, isRest }) => (isRest ? "rest" : name))).toEqual([
    "m11",
    "m10",
    "m9",
    "m8",
    "m7",
    "m6",
    "m5",
    "rest",
  ]);
  expect(cells.find(({ group }) => group === 7)).toMatchObject({ cost: 10n, calls: 5 });
});

it("a long report is by month, and the days right before it are summed apart", () => {
  for (const [id, day] of [
    ["1", "2025-12-31"],
    ["2", "2026-01-01"],
    ["3", "2026-11-30"],
  ] as const) {
    store.reserve(reservation(id, { day }), {});
    store.settle(id, settlement({ cost: 5n }));
  }
  const year = report({ from: "2026-01-01", to: "2026-12-31" }, "month");
  expect(year.byModel.cells.map(({ slot }) => slot)).toEqual(["2026-01", "2026-11"]);
  expect(year.before).toMatchObject({ calls: 1, cost: 5n });
  expect(store.bookedDays()).toEqual({ from: "2025-12-31", to: "2026-11-30" });
});

it("the booked days are those of open calls, too, and there may be none", () => {
  expect(store.bookedDays()).toBeUndefined();
  store.reserve(reservation("1", { day: "2026-11-19" }), {});
  expect(store.bookedDays()).toEqual({ from: "2026-11-19", to: "2026-11-19" });
});

describe("days are dates: no clock is put into them", () => {
  it("hour 2 twice or never, midnight at a month's end, and a journey west", () => {
    // As clocks are put back, hour 2 comes twice; after a flight west, the day before goes on.
    const booked = [
      ["2026-10-25", 2],
      ["2026-10-25", 2],
      ["2026-10-31", 23],
      ["2026-11-01", 0],
      ["2026-10-31", 20],
    ] as const;
    for (const [place, [day, hour]] of booked.entries()) {
      const reservedAt = 1_793_000_000_000 + place;
      store.reserve(reservation(`${place}`, { day, hour, reservedAt }), {});
      store.settle(`${place}`, settlement({ cost: 1n }));
    }
    const october = report({ from: "2026-10-01", to: "2026-10-31" });
    expect(sumSpends(october.models).calls).toBe(4);
    expect(sumSpends(report(november).models).calls).toBe(1);
    for (const day of ["2026-10-25", "2026-10-31", "2026-11-01"])
      expect(store.spent({ kind: "day", day }).cost).toBe(
        sumSpends(report({ from: day, to: day }).models).cost,
      );
    expect(monthOf(addDays("2026-10-31", 1))).toBe("2026-11");
  });
});

it("single calls are read for a range of days", () => {
  for (const [id, day] of [
    ["1", "2026-11-19"],
    ["2", "2026-11-20"],
    ["3", "2026-11-21"],
  ] as const)
    store.reserve(reservation(id, { day }), {});
  const ids = (range?: DayRange) => store.readCalls(0, range).map(({ id }) => id);
  expect(ids()).toEqual(["1", "2", "3"]);
  expect(ids({ from: "2026-11-20", to: "2026-11-20" })).toEqual(["2"]);
  expect(store.readCalls(2, { from: "2026-11-20", to: "2026-11-21" }).map(({ id }) => id)).toEqual([
    "3",
  ]);
});
