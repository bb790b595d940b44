import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StoreNotice } from "../core/dispatch/storeEvents";
import { carryOver } from "./carryOver";
import { createDatabase, inTransaction, refuseNewer } from "./database";
import { readFact, writeFact } from "./facts";
import { addNotice } from "./notices";
import { isDamage } from "./sqliteError";

/**
 * A damaged file is moved aside under a dated name, never deleted, and what can be read of it is copied into a new one.
 * A small mark file beside it exists from before the first step until after the last, so that the next window takes up
 * the work, also after a crash. Call all of this only while the file is ours (`whileFileIsOurs`).
 */

const companions = ["", "-wal", "-shm"];

export function isRecovering(path: string): boolean {
  return existsSync(markOf(path));
}

/** Recovers the file, unless it turns out to be intact: another window may have replaced it meanwhile. */
export function recover(path: string, nowMs: number): void {
  if (!isRecovering(path)) {
    if (!isDamaged(path)) return;
    writeMark(path, asideName(path, nowMs));
  }
  finishRecovery(path);
}

/** Does what is left to do of a recovery; nothing if none is under way. */
export function finishRecovery(path: string): void {
  if (!isRecovering(path)) return;
  const aside = join(dirname(path), readFileSync(markOf(path), "utf8"));
  if (!isReplaced(path, aside)) {
    moveAside(path, aside);
    const replacement = `${path}-new`;
    removeAll(replacement);
    fillReplacement(replacement, aside);
    // A file that an older version of the extension may have created here meanwhile must not mix with the new one.
    removeAll(path);
    rename(replacement, path);
  }
  rmSync(markOf(path), { force: true });
}

/** Whether a file of that name was moved aside for this one. */
export function isAsideOf(path: string, name: string): boolean {
  return name.startsWith(`${basename(path, ".db")}-damaged-`);
}

/** Reads the whole file. Throws `DatabaseTooNew`, and SQLite's errors other than damage. */
function isDamaged(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    refuseNewer(database);
    const found = database.prepare("PRAGMA integrity_check(1)").get();
    return found?.["integrity_check"] !== "ok";
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}

function markOf(path: string): string {
  return `${path}-recovering`;
}

/** Atomically: half a mark would name a file that does not exist. */
function writeMark(path: string, aside: string): void {
  const draft = `${markOf(path)}-draft`;
  writeFileSync(draft, aside, { flush: true });
  renameSync(draft, markOf(path));
}

function asideName(path: string, nowMs: number): string {
  const date = new Date(nowMs).toISOString().slice(0, 19).replaceAll(":", "-");
  const name = (count: number) =>
    `${basename(path, ".db")}-damaged-${date}${count === 0 ? "" : `-${count}`}.db`;
  let count = 0;
  while (existsSync(join(dirname(path), name(count)))) count++;
  return name(count);
}

function isReplaced(path: string, aside: string): boolean {
  if (!existsSync(aside) || !existsSync(path)) return false;
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    return readFact(database, "recovered_from") === basename(aside);
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** The database itself first: once it is gone, windows that have it open notice with their next step. */
function moveAside(path: string, aside: string): void {
  for (const companion of companions)
    if (existsSync(path + companion) && !existsSync(aside + companion))
      rename(path + companion, aside + companion);
}

function fillReplacement(replacement: string, aside: string): void {
  const database = createDatabase(replacement);
  try {
    inTransaction(database, () => {
      const lost = carryOver(aside, database);
      const notice: StoreNotice = {
        kind: "recovered",
        aside: basename(aside),
        lost,
        spendComplete: !lost.includes("calls"),
      };
      addNotice(database, notice);
      writeFact(database, "recovered_from", basename(aside));
    });
  } finally {
    database.close();
  }
}

function removeAll(path: string): void {
  for (const companion of companions) rmSync(path + companion, { force: true });
}

const renameTries = 100;
const renamePauseMs = 100;

/** The Windows system cannot move a file that another window has open; windows close it when they see the mark. */
function rename(from: string, to: string): void {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (tries === renameTries || (code !== "EBUSY" && code !== "EPERM" && code !== "EACCES"))
        throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, renamePauseMs);
    }
  }
}
