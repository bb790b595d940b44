import { DatabaseSync } from "node:sqlite";
import { primaryCode, sqliteCodes } from "./sqliteError";

/** Held until it is disposed of, or its process dies: the operating system drops it then. */
export type FileLock = Disposable;

/**
 * Locks a file of its own, which is made if there is none; undefined if another holds it for longer than `waitMs`.
 * It is SQLite's lock on an empty database: the one lock that Node has on every system, and nothing is written for it.
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
