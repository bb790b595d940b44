import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import { addTallies, sumTallies } from "../core/report/tally";
import type {
  Breakdown,
  BreakdownCell,
  Group,
  ModelTally,
  UsageReport,
} from "../core/report/usageReport";
import { bookedSql, providerOf, readRows, slotLength, tallyOf, tallySums } from "./reportSums";

/** As many groups as a chart can tell apart; one more is the rest. */
const mostGroups = 7;

type Cell = Omit<BreakdownCell, "group">;

interface GroupCells {
  readonly group: Group;
  readonly cells: Cell[];
}

/** Splits the spending of a range, slot by slot. */
export function readBreakdown(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
  by: "task" | "workspace",
): Breakdown {
  return breakdownOf(dearestFirst(readGroups(database, range, unit, by)));
}

/** The same by model, with each model's totals and cached tokens. */
export function readModels(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
): Pick<UsageReport, "byModel" | "models" | "cached"> {
  const groups = dearestFirst(readGroups(database, range, unit, "model"));
  return {
    byModel: breakdownOf(groups),
    models: groups.map(({ group, cells }) => ({ ...modelOf(group), ...sumTallies(cells) })),
    cached: groups.flatMap(({ group, cells }) =>
      cells
        .filter(({ usage }) => usage.cachedTokens > 0)
        .map(({ slot, usage }) => ({ slot, ...modelOf(group), tokens: usage.cachedTokens })),
    ),
  };
}

function modelOf({ name, provider = "groq" }: Group): Pick<ModelTally, "model" | "provider"> {
  return { model: name, provider };
}

function breakdownOf(all: readonly GroupCells[]): Breakdown {
  const rest = all.slice(mostGroups).flatMap(({ cells }) => cells);
  const shown = all.slice(0, mostGroups);
  if (rest.length > 0) shown.push({ group: { name: "", isRest: true }, cells: addedUp(rest) });
  return {
    groups: shown.map(({ group }) => group),
    cells: shown
      .flatMap(({ cells }, group) => cells.map((cell) => ({ ...cell, group })))
      .toSorted((one, other) => compare(one.slot, other.slot) || one.group - other.group),
  };
}

function readGroups(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
  by: "model" | "task" | "workspace",
): GroupCells[] {
  const keys = by === "model" ? "model, provider" : by;
  const rows = readRows(
    database,
    `SELECT substr(day, 1, ${slotLength(unit)}) AS slot, ${keys}, ${tallySums} FROM ${bookedSql}
     GROUP BY 1, ${keys} HAVING sum(calls) > 0`,
    range,
  );
  const groups = new Map<string, GroupCells>();
  for (const row of rows) {
    const name = String(row[by]);
    const named = { name, isRest: false, ...(by === "model" && { provider: providerOf(row) }) };
    const key = JSON.stringify(named);
    const known = groups.get(key) ?? { group: named, cells: [] };
    groups.set(key, known);
    known.cells.push({ slot: String(row["slot"]), ...tallyOf(row) });
  }
  return [...groups.values()];
}

function dearestFirst(groups: readonly GroupCells[]): GroupCells[] {
  return groups
    .map((one) => ({ one, sum: sumTallies(one.cells) }))
    .toSorted(
      (left, right) =>
        compare(right.sum.cost, left.sum.cost) ||
        right.sum.calls - left.sum.calls ||
        compare(left.one.group.name, right.one.group.name),
    )
    .map(({ one }) => one);
}

/** One cell for each slot. */
function addedUp(cells: readonly Cell[]): Cell[] {
  const bySlot = new Map<string, Cell>();
  for (const cell of cells) {
    const known = bySlot.get(cell.slot);
    bySlot.set(cell.slot, known === undefined ? cell : { ...cell, ...addTallies(known, cell) });
  }
  return [...bySlot.values()];
}

function compare<T extends string | bigint>(one: T, other: T): number {
  return one < other ? -1 : Number(one > other);
}
