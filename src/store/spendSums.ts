import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Spend, SpendScope } from "../core/dispatch/ledger";

/** What `spendOf` reads. */
export const spendSums = `coalesce(sum(cost), 0) AS cost, coalesce(sum(calls), 0) AS calls,
  coalesce(sum(estimated_calls), 0) AS estimated, coalesce(sum(unpriced_calls), 0) AS unpriced`;

/** Settled calls come from the roll-up; open ones are few. Days from `?1` up to, but not including, `?2`. */
const spentInDaysSql = sumSql("usage_by_day", "day >= ?1 AND day < ?2");
const spentInSessionSql = sumSql("usage_by_session", "conversation_id = ?1");

function sumSql(rollUp: string, where: string): string {
  return `
    SELECT ${spendSums} FROM (
      SELECT cost, calls, estimated_calls, unpriced_calls FROM ${rollUp} WHERE ${where}
      UNION ALL
      SELECT coalesce(cost, 0), 1, 1, cost IS NULL FROM calls INDEXED BY open_calls
      WHERE settled = 0 AND ${where}
    )`;
}

export function readSpend(database: DatabaseSync, scope: SpendScope): Spend {
  switch (scope.kind) {
    case "session":
      return sumUp(database, spentInSessionSql, scope.conversationId);
    case "day":
      return sumUp(database, spentInDaysSql, ...daysFrom(scope.day));
    case "month":
      return sumUp(database, spentInDaysSql, ...daysFrom(scope.month));
  }
}

/** The bounds of all dates that start with `prefix`: local dates compare as text, and none has a tilde. */
export function daysFrom(prefix: string): [from: string, before: string] {
  return [prefix, `${prefix}~`];
}

function sumUp(database: DatabaseSync, sql: string, ...parameters: string[]): Spend {
  const [row = {}] = readAll(database, sql, ...parameters);
  return spendOf(row);
}

/** All rows, integers as bigints. */
export function readAll(
  database: DatabaseSync,
  sql: string,
  ...parameters: string[]
): Record<string, SQLOutputValue>[] {
  const statement = database.prepare(sql);
  // Above 2^53 picodollars ($9,007) a number would not be exact.
  statement.setReadBigInts(true);
  return statement.all(...parameters);
}

/** The columns cost, calls, estimated and unpriced, read as bigints. */
export function spendOf(row: Readonly<Record<string, SQLOutputValue>>): Spend {
  return {
    cost: typeof row["cost"] === "bigint" ? row["cost"] : 0n,
    calls: Number(row["calls"]),
    estimated: Number(row["estimated"]) > 0,
    unpriced: Number(row["unpriced"]),
  };
}
