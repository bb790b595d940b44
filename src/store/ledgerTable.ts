import type { DatabaseSync } from "node:sqlite";
import { capPeriods, refuseOverCap } from "../core/budget/caps";
import type { Caps, CapState } from "../core/budget/caps";
import type { Failure } from "../core/dispatch/failure";
import type { Reservation, Settlement, Spend, SpendScope } from "../core/dispatch/ledger";
import { spendScopes } from "../core/dispatch/spendScopes";
import { callState, insertCall, reopenCall, settleCall } from "./callRow";
import { inTransaction, refuseNewer } from "./database";
import { erasedAt } from "./facts";
import type { Leases } from "./leases";
import { readSpend } from "./spendSums";
import { mayPass } from "./sqliteError";

/** The ledger's operations on an open database. All throw SQLite's errors. */
export interface LedgerTable {
  /** A reservation over a cap is not booked; the returned failure says why. The same reservation twice is booked once. */
  reserve(reservation: Reservation, caps: Caps): Failure | undefined;
  /**
   * Replaces the reservation, also one that was charged because its window seemed to have crashed. The same settlement
   * twice is booked once, another one throws. A call that is no longer in the file is booked again if this window
   * reserved it, unless the user has deleted all data since.
   */
  settle(id: string, settlement: Settlement): void;
  cancel(id: string): void;
  /**
   * Writes how this window's calls ended where that could not be written at the time; returns how many. Until then they
   * count at their reservation. A reservation does this first: they may make room for it.
   */
  writeLateEnds(): number;
  spent(scope: SpendScope): Spend;
  /** Charges the open calls of owners that are gone at their reservation; returns how many. */
  chargeAbandoned(): number;
}

/** This window's calls whose end is not written yet, by id. It outlives the file. */
export interface OwnCalls {
  readonly reserved: Map<string, Reservation>;
  /** Of calls that are over; the file was locked, say, or the disk full. */
  readonly lateEnds: Map<string, CallEnd>;
}

type CallEnd = Settlement | "cancelled";

export function noCalls(): OwnCalls {
  return { reserved: new Map(), lateEnds: new Map() };
}

export function createLedgerTable(
  database: DatabaseSync,
  leases: Leases,
  own: OwnCalls = noCalls(),
): LedgerTable {
  function end(id: string, how: CallEnd): void {
    own.lateEnds.set(id, how);
    try {
      inTransaction(database, () => {
        if (how === "cancelled") cancel(database, id);
        else settle(database, id, how, own.reserved.get(id), leases.ownerId);
      });
    } catch (error) {
      if (!mayPass(error)) own.lateEnds.delete(id);
      throw error;
    }
    own.lateEnds.delete(id);
    own.reserved.delete(id);
  }

  function writeLateEnds(): number {
    const late = [...own.lateEnds];
    for (const [id, how] of late) end(id, how);
    return late.length;
  }

  return {
    reserve(reservation, caps) {
      refuseNewer(database);
      writeLateEnds();
      const refusal = inTransaction(database, () => {
        if (isBooked(database, reservation)) return undefined;
        leases.hold();
        const states = capStates(database, reservation, caps);
        const overCap = refuseOverCap(states, reservation.model, reservation.cost);
        if (overCap === undefined) insertCall(database, reservation, leases.ownerId);
        return overCap;
      });
      if (refusal === undefined) own.reserved.set(reservation.id, reservation);
      return refusal;
    },
    settle: end,
    cancel: (id) => end(id, "cancelled"),
    writeLateEnds,
    spent: (scope) => readSpend(database, scope),
    chargeAbandoned: () => chargeAbandoned(database, leases),
  };
}

/** A step that is repeated because the file was replaced may find its work done already. */
function isBooked(database: DatabaseSync, { id, reservedAt }: Reservation): boolean {
  const row = database.prepare("SELECT reserved_at FROM calls WHERE id = ?").get(id);
  return row !== undefined && Number(row["reserved_at"]) === reservedAt;
}

function settle(
  database: DatabaseSync,
  id: string,
  settlement: Settlement,
  reservation: Reservation | undefined,
  ownerId: string,
): void {
  switch (callState(database, id, settlement)) {
    case "same":
      return;
    case "other":
      throw new Error(`the call ${id} is settled already`);
    case "abandoned":
      reopenCall(database, id);
      break;
    case "missing":
      if (reservation === undefined || reservation.reservedAt <= erasedAt(database)) return;
      insertCall(database, reservation, ownerId);
      break;
    case "open":
      break;
  }
  settleCall(database, id, settlement);
}

function cancel(database: DatabaseSync, id: string): void {
  reopenCall(database, id);
  database.prepare("DELETE FROM calls WHERE id = ? AND settled = 0").run(id);
}

function capStates(database: DatabaseSync, reservation: Reservation, caps: Caps): CapState[] {
  const scopes = spendScopes(reservation.conversationId, reservation.day);
  return capPeriods.flatMap((period) => {
    const cap = caps[period];
    if (cap === undefined) return [];
    return [{ period, cap, spent: readSpend(database, scopes[period]).cost }];
  });
}

const ownersSql = "SELECT DISTINCT owner_id, owner_pid FROM calls WHERE settled = 0";

function chargeAbandoned(database: DatabaseSync, leases: Leases): number {
  // Usually there is nothing to do, and no need to take a lock.
  if (database.prepare(ownersSql).get() === undefined && !leases.hasOthers()) return 0;
  return inTransaction(database, () => {
    let charged = 0;
    for (const { owner_id: id, owner_pid: pid } of database.prepare(ownersSql).all()) {
      if (leases.isAlive(id === null ? undefined : String(id), Number(pid))) continue;
      const { changes } = database
        .prepare(
          "UPDATE calls SET settled = 2 WHERE settled = 0 AND owner_id IS ? AND owner_pid = ?",
        )
        .run(id ?? null, pid ?? null);
      charged += Number(changes);
    }
    leases.sweep();
    return charged;
  });
}
