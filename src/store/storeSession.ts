import { busyTimeoutMs, dataVersionOf, setBusyTimeout } from "./database";
import { createLeases } from "./leases";
import { noCalls } from "./ledgerTable";
import { createOperations } from "./operations";
import type { StoreOperations } from "./operations";
import { isRecovering, recover } from "./recovery";
import { isDamage, primaryCode, sqliteCodes } from "./sqliteError";
import { identityOf, openStoreFile, whileFileIsOurs } from "./storeFile";

/** One window's access to the store, which survives the replacement of its file. */
export interface StoreSession {
  /**
   * Runs a step on the file that is in place when the step ends: a damaged file is recovered first, and if another
   * window replaced the file meanwhile, the step runs again. So steps must be repeatable. Throws `DatabaseTooNew`, and
   * SQLite's errors for a file that is locked, full or read-only; the next step tries again.
   */
  run<T>(step: (operations: StoreOperations) => T): T;
  /**
   * Whether other windows have changed anything since the last look; at times charges what crashed windows left open, and
   * writes what could not be written before.
   */
  look(): boolean;
  close(): void;
}

export interface SessionOptions {
  readonly busyTimeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Called when another file has taken the place of the one that was open. */
  readonly onReplaced?: () => void;
}

interface Opened {
  readonly operations: StoreOperations;
  readonly identity: string;
  readonly dataVersion: () => number;
  readonly wait: (busyTimeoutMs: number) => void;
  readonly close: () => void;
}

const mostTries = 4;
/**
 * In milliseconds. A user's act takes several steps: when one has waited in vain for a file that another program has locked,
 * those right after it wait only a moment, so that the user is told soon.
 */
const impatientForMs = 10_000;
const impatientTimeoutMs = 250;
/** Crashed windows are looked for at opening and then once in this many looks; so are calls whose end is not written. */
const looksPerCharge = 12;

/** The file is opened, or made, with the first step. */
export function openStoreSession(path: string, options: SessionOptions = {}): StoreSession {
  const { busyTimeoutMs: patientTimeoutMs = busyTimeoutMs, now = Date.now, onReplaced } = options;
  const leases = createLeases(`${path}-leases`);
  const own = noCalls();
  let opened: Opened | undefined;
  let seenVersion = 0;
  let looks = 0;
  /** When a step that was patient found the file locked. */
  let lockedAt = Number.NEGATIVE_INFINITY;

  function isImpatient(): boolean {
    return Math.abs(now() - lockedAt) < impatientForMs;
  }

  function timeoutMs(): number {
    return isImpatient() ? Math.min(impatientTimeoutMs, patientTimeoutMs) : patientTimeoutMs;
  }

  function open(): Opened {
    let waitsMs = timeoutMs();
    const { database, identity } = openStoreFile(path, waitsMs);
    const operations = createOperations({ database, path, leases, own, now });
    try {
      operations.chargeAbandoned();
    } catch (error) {
      database.close();
      throw error;
    }
    seenVersion = dataVersionOf(database);
    return {
      operations,
      identity,
      dataVersion: () => dataVersionOf(database),
      wait(ms) {
        if (ms !== waitsMs) setBusyTimeout(database, ms);
        waitsMs = ms;
      },
      close: () => database.close(),
    };
  }

  function drop(): void {
    const dropped = opened;
    opened = undefined;
    dropped?.close();
  }

  function run<T>(step: (operations: StoreOperations) => T): T {
    for (let tries = 1; ; tries++) {
      try {
        opened ??= open();
        opened.wait(timeoutMs());
        const value = step(opened.operations);
        if (identityOf(path) === opened.identity) {
          if (tries > 1) onReplaced?.();
          return value;
        }
        // What was just written is in a file that nobody will read again.
        drop();
        if (tries === mostTries) throw new Error("the store's file is replaced again and again");
      } catch (error) {
        if (primaryCode(error) === sqliteCodes.busy && !isImpatient()) lockedAt = now();
        if (!isDamage(error) || tries === mostTries) throw error;
        drop();
        whileFileIsOurs(path, () => recover(path, now()));
      }
    }
  }

  function look(): boolean {
    if (opened === undefined) return false;
    if (isRecovering(path)) {
      // A Windows system cannot move a file that is open here.
      drop();
      return true;
    }
    const booked = ++looks % looksPerCharge === 0 ? bookLeftOpen(opened.operations) : 0;
    const before = seenVersion;
    seenVersion = opened.dataVersion();
    return booked > 0 || before !== seenVersion;
  }

  return {
    run,
    look,
    close() {
      drop();
      leases.release();
    },
  };
}

function bookLeftOpen({ writeLateEnds, chargeAbandoned }: StoreOperations): number {
  return writeLateEnds() + chargeAbandoned();
}
