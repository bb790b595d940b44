import type { DatabaseSync } from "node:sqlite";
import type { Reservation, Settlement } from "../core/dispatch/ledger";

/**
 * The rows of `calls`, whose `settled` is 0 while open, 1 once settled, and 2 when charged at the reservation because
 * the window that made it is gone. Triggers carry each change of `settled` into the roll-ups.
 */

export function insertCall(
  database: DatabaseSync,
  reservation: Reservation,
  ownerId: string,
): void {
  const { id, conversationId, task, model, provider, account, workspace } = reservation;
  const { reservedAt, day, hour, waitedMs, cost = null } = reservation;
  database
    .prepare(
      `INSERT INTO calls (id, owner_id, owner_pid, conversation_id, task, model, provider, account, workspace,
         reserved_at, day, hour, waited_ms, settled, estimated, cost)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?)`,
    )
    .run(
      id,
      ownerId,
      process.pid,
      conversationId,
      task,
      model,
      provider,
      account,
      workspace,
      reservedAt,
      day,
      hour,
      waitedMs,
      cost,
    );
}

/** Settles the open call. */
export function settleCall(database: DatabaseSync, id: string, settlement: Settlement): void {
  const { usage, cost = null, estimated, timeToFirstTokenMs = null, durationMs } = settlement;
  database
    .prepare(
      `UPDATE calls SET settled = 1, estimated = ?, cost = ?, prompt_tokens = ?, cached_tokens = ?,
         completion_tokens = ?, reasoning_tokens = ?, first_token_ms = ?, duration_ms = ?
       WHERE id = ? AND settled = 0`,
    )
    .run(
      estimated ? 1 : 0,
      cost,
      usage.promptTokens,
      usage.cachedTokens,
      usage.completionTokens,
      usage.reasoningTokens,
      timeToFirstTokenMs,
      durationMs,
      id,
    );
}

/** Takes back what was charged for a window that seemed to have crashed. */
export function reopenCall(database: DatabaseSync, id: string): void {
  database.prepare("UPDATE calls SET settled = 0 WHERE id = ? AND settled = 2").run(id);
}

/** The state of a call that is to be settled; `same` and `other`: it is settled already, with this settlement or another. */
export function callState(
  database: DatabaseSync,
  id: string,
  settlement: Settlement,
): "open" | "abandoned" | "same" | "other" | "missing" {
  const { cost, estimated, durationMs } = settlement;
  const row = database
    .prepare(
      `SELECT settled, cost IS ? AND estimated = ? AND duration_ms = ? AS same FROM calls WHERE id = ?`,
    )
    .get(cost ?? null, estimated ? 1 : 0, durationMs, id);
  switch (row?.["settled"]) {
    case undefined:
      return "missing";
    case 0:
      return "open";
    case 2:
      return "abandoned";
    default:
      return row?.["same"] === 1 ? "same" : "other";
  }
}
