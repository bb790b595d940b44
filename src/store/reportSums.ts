import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { DayRange } from "../core/report/period";
import type { Tally, UsageReport } from "../core/report/usageReport";
import { readAll, spendOf, spendSums } from "./spendSums";

type Row = Readonly<Record<string, SQLOutputValue>>;

/** The days from `?1` to `?2`: settled calls from the roll-up, and the few open ones at their reservation. */
export const bookedSql = `(
  SELECT day, hour, model, task, workspace, provider, calls, estimated_calls, unpriced_calls, cost,
    prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens
  FROM usage_by_hour WHERE day BETWEEN ?1 AND ?2
  UNION ALL
  SELECT day, hour, model, task, workspace, provider, 1, 1, cost IS NULL, coalesce(cost, 0), 0, 0, 0, 0
  FROM calls INDEXED BY open_calls WHERE settled = 0 AND day BETWEEN ?1 AND ?2)`;

/** What `tallyOf` reads. */
export const tallySums = `${spendSums}, sum(prompt_tokens) AS prompt, sum(cached_tokens) AS cached,
  sum(completion_tokens) AS completion, sum(reasoning_tokens) AS reasoning`;

export function tallyOf(row: Row): Tally {
  return {
    ...spendOf(row),
    usage: {
      promptTokens: Number(row["prompt"]),
      cachedTokens: Number(row["cached"]),
      completionTokens: Number(row["completion"]),
      reasoningTokens: Number(row["reasoning"]),
    },
  };
}

/** The rows for the days of a range, integers as bigints. */
export function readRows(database: DatabaseSync, sql: string, { from, to }: DayRange): Row[] {
  return readAll(database, sql, from, to);
}

/** How many characters of a date name the slot. */
export function slotLength(unit: UsageReport["unit"]): number {
  return unit === "day" ? "2026-11-20".length : "2026-11".length;
}

export function providerOf(row: Row): "groq" | "fallback" {
  return row["provider"] === "fallback" ? "fallback" : "groq";
}
