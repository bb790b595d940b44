import type { DatabaseSync } from "node:sqlite";
import type {
  DaySpend,
  HoldUpTally,
  HourUse,
  ModelSpeed,
  ReportRequest,
  UsageReport,
} from "../core/report/usageReport";
import type { DayRange } from "../core/report/period";
import { inSnapshot } from "./database";
import { readBreakdown, readModels } from "./reportBreakdowns";
import { bookedSql, readRows, slotLength } from "./reportSums";
import { readSpeeds, readSpeedsOverTime } from "./speedSums";
import { spendOf, spendSums } from "./spendSums";

/** Reports on an open database. All throw SQLite's errors. */
export interface ReportTable {
  bookedDays(): DayRange | undefined;
  readReport(request: ReportRequest): UsageReport;
  readSpeeds(range: DayRange): readonly ModelSpeed[];
}

export function createReportTable(database: DatabaseSync): ReportTable {
  return {
    bookedDays() {
      const { first, last } =
        database
          .prepare(
            `SELECT min(first) AS first, max(last) AS last FROM (
               SELECT min(day) AS first, max(day) AS last FROM usage_by_day UNION ALL
               SELECT min(day), max(day) FROM calls INDEXED BY open_calls WHERE settled = 0)`,
          )
          .get() ?? {};
      return typeof first === "string" && typeof last === "string"
        ? { from: first, to: last }
        : undefined;
    },
    readReport: (request) => inSnapshot(database, () => readReport(database, request)),
    readSpeeds: (range) => readSpeeds(database, range),
  };
}

function readReport(
  database: DatabaseSync,
  { range, before, recent, unit }: ReportRequest,
): UsageReport {
  const breakdown = (by: "task" | "workspace") => readBreakdown(database, range, unit, by);
  const [spentBefore] = readRows(database, `SELECT ${spendSums} FROM ${bookedSql}`, before);
  return {
    range,
    unit,
    ...readModels(database, range, unit),
    byTask: breakdown("task"),
    byWorkspace: breakdown("workspace"),
    before: spendOf(spentBefore ?? {}),
    ...readSpeedsOverTime(database, range, unit),
    holdUps: readHoldUps(database, range, unit),
    hours: readHours(database, range),
    recent: readDays(database, recent),
  };
}

function readHoldUps(
  database: DatabaseSync,
  range: DayRange,
  unit: UsageReport["unit"],
): HoldUpTally[] {
  const rows = readRows(
    database,
    `SELECT substr(day, 1, ${slotLength(unit)}) AS slot, kind, reason,
       sum(count) AS count, sum(waited_ms) AS waited
     FROM hold_ups_by_hour WHERE day BETWEEN ?1 AND ?2 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    range,
  );
  return rows.map((row) => ({
    slot: String(row["slot"]),
    kind: row["kind"] === "wait" ? "wait" : "refusal",
    reason: String(row["reason"]),
    count: Number(row["count"]),
    waitedMs: Number(row["waited"]),
  }));
}

/** Only Groq's: the second provider's limits are known to the user alone. */
function readHours(database: DatabaseSync, range: DayRange): HourUse[] {
  const rows = readRows(
    database,
    `SELECT hour, model, max(tokens) AS tokens, max(requests) AS requests FROM (
       SELECT hour, model, sum(calls) AS requests,
         sum(prompt_tokens - cached_tokens + completion_tokens) AS tokens
       FROM ${bookedSql} WHERE provider = 'groq' GROUP BY day, hour, model HAVING sum(calls) > 0)
     GROUP BY hour, model ORDER BY model, hour`,
    range,
  );
  return rows.map((row) => ({
    hour: Number(row["hour"]),
    model: String(row["model"]),
    mostTokens: Number(row["tokens"]),
    mostRequests: Number(row["requests"]),
  }));
}

function readDays(database: DatabaseSync, range: DayRange): DaySpend[] {
  const rows = readRows(
    database,
    `SELECT day, ${spendSums}, max(model = '') AS nameless FROM ${bookedSql}
     GROUP BY day HAVING sum(calls) > 0 ORDER BY day`,
    range,
  );
  return rows.map((row) => ({
    day: String(row["day"]),
    spend: spendOf(row),
    nameless: Number(row["nameless"]) === 1,
  }));
}
