import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { BookedCall } from "../core/budget/usageExport";
import type { DayRange } from "../core/report/period";
import { providerOf } from "./reportSums";

/** Single calls of an open database. All throw SQLite's errors. */
export interface CallPages {
  /** A page of the calls after a position, within `range` if it is given; an empty page is the end. */
  readCalls(after: number, range?: DayRange): readonly BookedCall[];
}

/** In calls. A message of this size takes the extension host well under 20 ms. */
const pageSize = 500;
/** Local dates compare as text, and none has a tilde. */
const everyDay: DayRange = { from: "", to: "~" };

export function createCallPages(database: DatabaseSync): CallPages {
  return {
    readCalls(after, range = everyDay) {
      const statement = database.prepare(
        `SELECT rowid AS position, * FROM calls NOT INDEXED
         WHERE rowid > ? AND day BETWEEN ? AND ? ORDER BY rowid LIMIT ?`,
      );
      statement.setReadBigInts(true);
      return statement.all(after, range.from, range.to, pageSize).map(decodeCall);
    },
  };
}

function decodeCall(row: Record<string, SQLOutputValue>): BookedCall {
  const text = (column: string) => String(row[column]);
  const count = (column: string) => Number(row[column]);
  const optional = (column: string) => (row[column] === null ? undefined : count(column));
  const { cost } = row;
  return {
    position: count("position"),
    id: text("id"),
    conversationId: text("conversation_id"),
    task: text("task"),
    model: text("model"),
    provider: providerOf(row),
    account: text("account"),
    workspace: text("workspace"),
    reservedAt: count("reserved_at"),
    day: text("day"),
    hour: count("hour"),
    waitedMs: count("waited_ms"),
    cost: typeof cost === "bigint" ? cost : undefined,
    state: stateOf(count("settled")),
    estimated: count("estimated") !== 0,
    usage: {
      promptTokens: count("prompt_tokens"),
      cachedTokens: count("cached_tokens"),
      completionTokens: count("completion_tokens"),
      reasoningTokens: count("reasoning_tokens"),
    },
    timeToFirstTokenMs: optional("first_token_ms"),
    durationMs: optional("duration_ms"),
  };
}

function stateOf(settled: number): BookedCall["state"] {
  switch (settled) {
    case 0:
      return "open";
    case 1:
      return "settled";
    default:
      return "crashed";
  }
}
