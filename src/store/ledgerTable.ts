import type { DatabaseSync } from "node:sqlite";
import type { Reservation, Settlement, Spend } from "../core/dispatch/ledger";
import { inTransaction, refuseNewer } from "./database";

/** The ledger's operations on an open database. All throw SQLite's errors. */
export interface LedgerTable {
  reserve(reservation: Reservation): void;
  settle(id: string, settlement: Settlement): void;
  cancel(id: string): void;
  spentOn(day: string): Spend;
  spentIn(conversationId: string): Spend;
  /** Charges the open calls of processes that are gone at their reservation; returns how many. */
  chargeAbandoned(isAlive: (pid: number) => boolean): number;
}

export function createLedgerTable(database: DatabaseSync, ownPid: number): LedgerTable {
  return {
    reserve(reservation) {
      refuseNewer(database);
      insertCall(database, reservation, ownPid);
    },
    settle: (id, settlement) =>
      inTransaction(database, () => {
        updateCall(database, id, settlement);
        addToDaily(database, id);
      }),
    cancel(id) {
      database.prepare("DELETE FROM calls WHERE id = ? AND settled = 0").run(id);
    },
    spentOn: (day) => readSpend(database, spentOnSql, day, day),
    spentIn: (conversationId) => readSpend(database, spentInSql, conversationId),
    chargeAbandoned: (isAlive) => inTransaction(database, () => chargeAbandoned(database, isAlive)),
  };
}

function insertCall(database: DatabaseSync, reservation: Reservation, ownPid: number): void {
  const { id, conversationId, task, model, reservedAt, day, cost } = reservation;
  database
    .prepare(
      `INSERT INTO calls (id, owner_pid, conversation_id, task, model, reserved_at, day, settled, estimated, cost)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1, ?)`,
    )
    .run(id, ownPid, conversationId, task, model, reservedAt, day, cost ?? null);
}

function updateCall(database: DatabaseSync, id: string, settlement: Settlement): void {
  const { usage, cost, estimated, timeToFirstTokenMs, durationMs } = settlement;
  const { changes } = database
    .prepare(
      `UPDATE calls SET settled = 1, estimated = ?, cost = ?, prompt_tokens = ?, cached_tokens = ?,
         completion_tokens = ?, reasoning_tokens = ?, first_token_ms = ?, duration_ms = ?
       WHERE id = ? AND settled = 0`,
    )
    .run(
      estimated ? 1 : 0,
      cost ?? null,
      usage.promptTokens,
      usage.cachedTokens,
      usage.completionTokens,
      usage.reasoningTokens,
      timeToFirstTokenMs ?? null,
      durationMs,
      id,
    );
  if (Number(changes) !== 1) throw new Error(`no open call ${id}`);
}

function addToDaily(database: DatabaseSync, id: string): void {
  database
    .prepare(
      `INSERT INTO daily
       SELECT day, model, task, 1, estimated, cost IS NULL, coalesce(cost, 0),
              prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens
       FROM calls WHERE id = ?
       ON CONFLICT (day, model, task) DO UPDATE SET
         calls = calls + 1,
         estimated_calls = estimated_calls + excluded.estimated_calls,
         unpriced_calls = unpriced_calls + excluded.unpriced_calls,
         cost = cost + excluded.cost,
         prompt_tokens = prompt_tokens + excluded.prompt_tokens,
         cached_tokens = cached_tokens + excluded.cached_tokens,
         completion_tokens = completion_tokens + excluded.completion_tokens,
         reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens`,
    )
    .run(id);
}

const spentOnSql = `
  SELECT coalesce(sum(cost), 0) AS cost, coalesce(sum(calls), 0) AS calls,
         coalesce(sum(estimated), 0) AS estimated, coalesce(sum(unpriced), 0) AS unpriced
  FROM (
    SELECT cost, calls, estimated_calls AS estimated, unpriced_calls AS unpriced
    FROM daily WHERE day = ?
    UNION ALL
    SELECT coalesce(cost, 0), 1, 1, cost IS NULL FROM calls WHERE day = ? AND settled = 0
  )`;

const spentInSql = `
  SELECT coalesce(sum(cost), 0) AS cost, count(*) AS calls,
         coalesce(sum(estimated), 0) AS estimated, coalesce(sum(cost IS NULL), 0) AS unpriced
  FROM calls WHERE conversation_id = ?`;

function readSpend(database: DatabaseSync, sql: string, ...parameters: string[]): Spend {
  const statement = database.prepare(sql);
  // Past 2^53 picodollars ($9,007) a number would no longer be exact.
  statement.setReadBigInts(true);
  const row = statement.get(...parameters);
  return {
    cost: typeof row?.["cost"] === "bigint" ? row["cost"] : 0n,
    calls: Number(row?.["calls"]),
    estimated: Number(row?.["estimated"]) > 0,
    unpriced: Number(row?.["unpriced"]),
  };
}

function chargeAbandoned(database: DatabaseSync, isAlive: (pid: number) => boolean): number {
  const open = database.prepare("SELECT id, owner_pid FROM calls WHERE settled = 0").all();
  const abandoned = open.filter((row) => !isAlive(Number(row["owner_pid"])));
  for (const row of abandoned) {
    const id = String(row["id"]);
    database.prepare("UPDATE calls SET settled = 1 WHERE id = ?").run(id);
    addToDaily(database, id);
  }
  return abandoned.length;
}
