import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { StoreFacts } from "../core/dispatch/storedData";
import { migrations } from "./schema";

/** The file was written by a newer version of the extension: nothing may be spent on guesses. */
export class DatabaseTooNew extends Error {}

/** How long a statement waits for another window's transaction, in milliseconds. */
export const busyTimeoutMs = 5000;

/**
 * Opens the store's file and brings its schema up to date. Throws `DatabaseTooNew`, and SQLite's errors
 * for a file that is missing, locked, full, read-only, damaged or not a database.
 */
export function openDatabase(path: string, timeout: number = busyTimeoutMs): DatabaseSync {
  return prepareDatabase(new DatabaseSync(existingFile(path), { timeout }));
}

/** The same, but creates the file and its folder if they are missing. */
export function createDatabase(path: string, timeout: number = busyTimeoutMs): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  return prepareDatabase(new DatabaseSync(path, { timeout }));
}

/** With "rw", SQLite does not create a file where another one is just being put. */
function existingFile(path: string): string | URL {
  const address = pathToFileURL(path);
  // SQLite refuses addresses with a host name, which network shares on Windows have.
  if (address.host !== "") return path;
  address.searchParams.set("mode", "rw");
  return address;
}

function prepareDatabase(database: DatabaseSync): DatabaseSync {
  try {
    refuseNewer(database);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** From now on a statement waits so many milliseconds for another window's transaction. */
export function setBusyTimeout(database: DatabaseSync, ms: number): void {
  database.exec(`PRAGMA busy_timeout = ${ms}`);
}

/** Runs `work` as one transaction that takes the write lock at once, so that what it reads stays true. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    database.exec("COMMIT");
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** Runs `work`, which only reads, on one consistent snapshot of the database. */
export function inSnapshot<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN");
  try {
    return work();
  } finally {
    database.exec("COMMIT");
  }
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) === migrations.length) return;
  inTransaction(database, () => {
    // Read again under the lock: another window may have migrated meanwhile.
    const version = refuseNewer(database);
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * The version of the schema. Throws `DatabaseTooNew`, also long after opening: another window may run a
 * newer version of the extension meanwhile.
 */
export function refuseNewer(database: DatabaseSync): number {
  const version = versionOf(database);
  if (version > migrations.length)
    throw new DatabaseTooNew(`version ${version}, known up to ${migrations.length}`);
  return version;
}

/** Changes whenever another connection, in any process, has committed something. */
export function dataVersionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA data_version").get()?.["data_version"]);
}

export function describeDatabase(database: DatabaseSync): StoreFacts {
  const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
  const pageBytes = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
  return {
    schemaVersion: versionOf(database),
    newestVersion: migrations.length,
    bytes: pages * pageBytes,
  };
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}
