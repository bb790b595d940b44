import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import type { Breakdown, Group, UsageReport } from "../core/report/usageReport";
import { addTallies } from "../core/report/tally";
import {
  bookedSql,
  providerOf,
  readRows,
  slotLength,
  spendSums,
  tallyOf,
  tallySums,
} from "./reportSums";

/** As many as a chart can tell apart; one more is the rest. */
const mostGroups = 7;

/** Splits the spending of a range, slot by slot. */
export function readBreakdown(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
  by: "model" | "task" | "workspace",
): Breakdown {
  const keys = by === "model" ? "model, provider" : by;
  const dearest = readRows(
    database,
    `SELECT ${keys}, ${spendSums} FROM ${bookedSql} GROUP BY ${keys} HAVING sum(calls) > 0
     ORDER BY sum(cost) DESC, sum(calls) DESC, ${by}`,
    range,
  );
  const all = dearest.map((row): Group => {
    const name = String(row[by]);
    return by === "model"
      ? { name, provider: providerOf(row), isRest: false }
      : { name, isRest: false };
  });
  const places = new Map(all.map((group, place) => [keyOf(group), Math.min(place, mostGroups)]));
  const groups =
    all.length > mostGroups ? [...all.slice(0, mostGroups), { name: "", isRest: true }] : all;
  return { groups, cells: readCells(database, range, { unit, keys, by, places }) };
}

function readCells(
  database: DatabaseSync,
  range: DayRange,
  {
    unit,
    keys,
    by,
    places,
  }: {
    readonly unit: UsageReport["unit"];
    readonly keys: string;
    readonly by: "model" | "task" | "workspace";
    readonly places: ReadonlyMap<string, number>;
  },
): Breakdown["cells"] {
  const rows = readRows(
    database,
    `SELECT substr(day, 1, ${slotLength(unit)}) AS slot, ${keys}, ${tallySums} FROM ${bookedSql}
     GROUP BY 1, ${keys} HAVING sum(calls) > 0 ORDER BY 1`,
    range,
  );
  const cells = new Map<string, Breakdown["cells"][number]>();
  for (const row of rows) {
    const name = String(row[by]);
    const slot = String(row["slot"]);
    const group =
      places.get(keyOf({ name, ...(by === "model" && { provider: providerOf(row) }) })) ?? 0;
    const key = `${slot} ${group}`;
    const cell = { slot, group, ...tallyOf(row) };
    const known = cells.get(key);
    cells.set(key, known === undefined ? cell : { ...cell, ...addTallies(known, cell) });
  }
  return [...cells.values()];
}

function keyOf({ name, provider }: Pick<Group, "name" | "provider">): string {
  return `${provider ?? ""} ${name}`;
}
