import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { HourSpend, ModelUsage } from "../core/budget/usageQueries";
import type { HoldUp } from "../core/dispatch/holdUps";
import { providerOf, tallyOf, tallySums } from "./reportSums";
import { daysFrom, readAll, spendOf, spendSums } from "./spendSums";

/** Reports on an open database, and what only they read. All throw SQLite's errors. */
export interface UsageTable {
  spentByModel(month: string): readonly ModelUsage[];
  spentByHour(sinceDay: string): readonly HourSpend[];
  noteHoldUp(holdUp: HoldUp): void;
}

export function createUsageTable(database: DatabaseSync): UsageTable {
  return {
    spentByModel: (month) =>
      readAll(
        database,
        `SELECT model, provider, ${tallySums} FROM usage_by_day WHERE day >= ? AND day < ?
         GROUP BY model, provider HAVING sum(calls) > 0 ORDER BY sum(cost) DESC, model`,
        ...daysFrom(month),
      ).map(modelUsage),
    spentByHour: (sinceDay) =>
      readAll(
        database,
        `SELECT day, hour, ${spendSums} FROM usage_by_hour WHERE day >= ?
         GROUP BY day, hour HAVING sum(calls) > 0 ORDER BY day, hour`,
        sinceDay,
      ).map((row) => ({ day: String(row["day"]), hour: Number(row["hour"]), ...spendOf(row) })),
    noteHoldUp({ at, day, hour, kind, reason, model, provider, waitedMs }) {
      database
        .prepare("INSERT INTO hold_ups VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .run(at, day, hour, kind, reason, model, provider, waitedMs);
    },
  };
}

type Row = Record<string, SQLOutputValue>;

function modelUsage(row: Row): ModelUsage {
  return { model: String(row["model"]), provider: providerOf(row), ...tallyOf(row) };
}
