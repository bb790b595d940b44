import { DatabaseSync } from "node:sqlite";
import { primaryCode, sqliteCodes } from "./sqliteError";

/** Held until it is disposed of or its process dies, when the operating system drops it. */
export type FileLock = Disposable;

/**
 * Locks a file that serves only this purpose, and creates it if needed; undefined if someone else holds the lock for
 * longer than `waitMs`. It is SQLite's lock on an empty database: the only lock that Node has on every system, and
 * nothing is written for it.
 */
export function takeFileLock(path: string, waitMs: number): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    if (primaryCode(error) === sqliteCodes.busy) return undefined;
    throw error;
  }
}
