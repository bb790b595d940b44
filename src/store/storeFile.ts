import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { createDatabase, openDatabase } from "./database";
import { takeFileLock } from "./fileLock";
import { finishRecovery, isRecovering } from "./recovery";

/** An open database, and the identity of its file: another file may have taken its place since. */
export interface StoreFile {
  readonly database: DatabaseSync;
  readonly identity: string;
}

/** How long a window waits for another one that is replacing a damaged file, in milliseconds. */
const replacementMs = 30_000;
const mostTries = 5;

/**
 * Opens the file, creates it if there is none, and finishes a recovery that some window has begun. Throws like
 * `openDatabase`, also for damage.
 */
export function openStoreFile(path: string, timeout?: number): StoreFile {
  for (let tries = 1; ; tries++) {
    if (isRecovering(path) || !existsSync(path))
      whileFileIsOurs(path, () => makeFile(path, timeout));
    const identity = identityOf(path);
    try {
      const database = openDatabase(path, timeout);
      if (identity !== undefined && identityOf(path) === identity) return { database, identity };
      database.close();
    } catch (error) {
      if (identityOf(path) === identity || tries === mostTries) throw error;
    }
    if (tries === mostTries) throw new Error("the store's file is replaced again and again");
  }
}

/** Runs `work` while no other window makes or replaces the file. Throws if one does so for too long. */
export function whileFileIsOurs<T>(path: string, work: () => T): T {
  mkdirSync(dirname(path), { recursive: true });
  const lock = takeFileLock(`${path}-replacing`, replacementMs);
  if (lock === undefined) throw new Error("another window is replacing the store's file");
  try {
    return work();
  } finally {
    lock[Symbol.dispose]();
  }
}

/** Distinguishes one file of that name from the next; undefined if there is none. */
export function identityOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev} ${stat.ino}`;
}

function makeFile(path: string, timeout: number | undefined): void {
  finishRecovery(path);
  if (!existsSync(path)) createDatabase(path, timeout).close();
}
