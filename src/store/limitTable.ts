import type { DatabaseSync } from "node:sqlite";
import type { LimitKey, StoredLimits } from "../core/limits/limitStore";
import { inTransaction, refuseNewer } from "./database";

/** The operations on shared limits in an open database; `LimitStore` says what each does. All throw SQLite's errors. */
export interface LimitTable {
  loadLimits(key: LimitKey): StoredLimits | undefined;
  replaceLimits(key: LimitKey, next: StoredLimits): StoredLimits | undefined;
  mergeAccounts(account: string, into: string): void;
}

export function createLimitTable(database: DatabaseSync): LimitTable {
  return {
    loadLimits: (key) => read(database, resolve(database, key)),
    replaceLimits(key, next) {
      refuseNewer(database);
      return inTransaction(database, () => {
        const named = resolve(database, key);
        const stored = read(database, named);
        // A step that is repeated because the file was replaced finds its work done already.
        if (stored !== undefined && isSame(stored, next)) return undefined;
        if (stored !== undefined && stored.version + 1 !== next.version) return stored;
        write(database, named, next);
        return undefined;
      });
    },
    mergeAccounts(account, into) {
      refuseNewer(database);
      inTransaction(database, () => merge(database, account, into));
    },
  };
}

/** The name under which an account's rows are stored: its organisation's, once that is known. */
function organisationOf(database: DatabaseSync, account: string): string {
  const row = database
    .prepare("SELECT organisation FROM account_aliases WHERE account = ?")
    .get(account);
  return row === undefined ? account : String(row["organisation"]);
}

function resolve(database: DatabaseSync, { account, model }: LimitKey): LimitKey {
  return { account: organisationOf(database, account), model };
}

function read(database: DatabaseSync, { account, model }: LimitKey): StoredLimits | undefined {
  const row = database
    .prepare("SELECT * FROM limits WHERE account = ? AND model = ?")
    .get(account, model);
  if (row === undefined) return undefined;
  return {
    version: Number(row["version"]),
    state: String(row["state"]),
    savedAtMs: Number(row["saved_at_ms"]),
    savedAtMonotonicMs: Number(row["saved_at_monotonic_ms"]),
  };
}

function write(database: DatabaseSync, { account, model }: LimitKey, limits: StoredLimits): void {
  const { version, state, savedAtMs, savedAtMonotonicMs } = limits;
  database
    .prepare("INSERT OR REPLACE INTO limits VALUES (?, ?, ?, ?, ?, ?)")
    .run(account, model, version, state, savedAtMs, savedAtMonotonicMs);
}

function isSame(one: StoredLimits, other: StoredLimits): boolean {
  return (
    one.version === other.version &&
    one.state === other.state &&
    one.savedAtMonotonicMs === other.savedAtMonotonicMs
  );
}

function merge(database: DatabaseSync, account: string, into: string): void {
  const from = organisationOf(database, account);
  const organisation = organisationOf(database, into);
  if (from === organisation) return;
  for (const row of database.prepare("SELECT model FROM limits WHERE account = ?").all(from)) {
    const model = String(row["model"]);
    const moved = read(database, { account: from, model });
    const kept = read(database, { account: organisation, model });
    if (moved !== undefined)
      write(database, { account: organisation, model }, newerOf(moved, kept));
  }
  database.prepare("DELETE FROM limits WHERE account = ?").run(from);
  database
    .prepare("UPDATE account_aliases SET organisation = ? WHERE organisation = ?")
    .run(organisation, from);
  database.prepare("INSERT INTO account_aliases VALUES (?, ?)").run(from, organisation);
}

/** The later of the two, under a new version, so that no window takes it for the state that it knows. */
function newerOf(moved: StoredLimits, kept: StoredLimits | undefined): StoredLimits {
  if (kept === undefined) return moved;
  const newer = moved.savedAtMs > kept.savedAtMs ? moved : kept;
  return { ...newer, version: Math.max(moved.version, kept.version) + 1 };
}
