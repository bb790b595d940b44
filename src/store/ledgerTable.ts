import type { DatabaseSync } from "node:sqlite";
import { capPeriods, refuseOverCap } from "../core/budget/caps";
import type { Caps, CapState } from "../core/budget/caps";
import type { Failure } from "../core/dispatch/failure";
import type { Reservation, Settlement, Spend, SpendScope } from "../core/dispatch/ledger";
import { spendScopes } from "../core/dispatch/spendScopes";
import { inTransaction, refuseNewer } from "./database";

/** The ledger's operations on an open database. All throw SQLite's errors. */
export interface LedgerTable {
  /** What would go over a cap is not booked; the refusal says why. */
  reserve(reservation: Reservation, caps: Caps): Failure | undefined;
  settle(id: string, settlement: Settlement): void;
  cancel(id: string): void;
  spent(scope: SpendScope): Spend;
  /** Charges the open calls of processes that are gone at their reservation; returns how many. */
  chargeAbandoned(isAlive: (pid: number) => boolean): number;
}

export function createLedgerTable(database: DatabaseSync, ownPid: number): LedgerTable {
  return {
    reserve(reservation, caps) {
      refuseNewer(database);
      return inTransaction(database, () => {
        const states = capStates(database, reservation, caps);
        const refusal = refuseOverCap(states, reservation.model, reservation.cost);
        if (refusal === undefined) insertCall(database, reservation, ownPid);
        return refusal;
      });
    },
    settle: (id, settlement) =>
      inTransaction(database, () => {
        updateCall(database, id, settlement);
        addToDaily(database, id);
      }),
    cancel(id) {
      database.prepare("DELETE FROM calls WHERE id = ? AND settled = 0").run(id);
    },
    spent: (scope) => readSpend(database, scope),
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

function capStates(database: DatabaseSync, reservation: Reservation, caps: Caps): CapState[] {
  const scopes = spendScopes(reservation.conversationId, reservation.day);
  return capPeriods.flatMap((period) => {
    const cap = caps[period];
    if (cap === undefined) return [];
    return [{ period, cap, spent: readSpend(database, scopes[period]).cost }];
  });
}

/** Days from the first parameter to before the second: local dates compare as text. */
const spentInDaysSql = `
  SELECT coalesce(sum(cost), 0) AS cost, coalesce(sum(calls), 0) AS calls,
         coalesce(sum(estimated), 0) AS estimated, coalesce(sum(unpriced), 0) AS unpriced
  FROM (
    SELECT cost, calls, estimated_calls AS estimated, unpriced_calls AS unpriced
    FROM daily WHERE day >= ?1 AND day < ?2
    UNION ALL
    SELECT coalesce(cost, 0), 1, 1, cost IS NULL FROM calls
    WHERE day >= ?1 AND day < ?2 AND settled = 0
  )`;

const spentInSessionSql = `
  SELECT coalesce(sum(cost), 0) AS cost, count(*) AS calls,
         coalesce(sum(estimated), 0) AS estimated, coalesce(sum(cost IS NULL), 0) AS unpriced
  FROM calls WHERE conversation_id = ?`;

function readSpend(database: DatabaseSync, scope: SpendScope): Spend {
  switch (scope.kind) {
    case "session":
      return sumUp(database, spentInSessionSql, scope.conversationId);
    case "day":
      // No date has this text between itself and the next one.
      return sumUp(database, spentInDaysSql, scope.day, `${scope.day}~`);
    case "month":
      return sumUp(database, spentInDaysSql, scope.month, `${scope.month}~`);
  }
}

function sumUp(database: DatabaseSync, sql: string, ...parameters: string[]): Spend {
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
