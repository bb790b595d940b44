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
 * A damaged file is moved aside under a dated name, never deleted, and what can be read of it goes into a new one.
 * A small file beside it says so from before the first step until after the last, so that whoever comes next, after a
 * crash too, takes up the work. Call all of this only while the file is ours (`whileFileIsOurs`).
 */

const companions = ["", "-wal", "-shm"];

export function isRecovering(path: string): boolean {
  return existsSync(markOf(path));
}

/** Begins, unless the file turns out to be whole: another window may have replaced it meanwhile. */
export function recover(path: string, nowMs: number): void {
  if (!isRecovering(path)) {
    if (!isDamaged(path)) return;
    writeMark(path, asideName(path, nowMs));
  }
  finishRecovery(path);
}

/** Does what is left to do of a recovery; nothing if none was begun. */
export function finishRecovery(path: string): void {
  if (!isRecovering(path)) return;
  const aside = join(dirname(path), readFileSync(markOf(path), "utf8"));
  if (!isReplaced(path, aside)) {
    moveAside(path, aside);
    const replacement = `${path}-new`;
    removeAll(replacement);
    fillReplacement(replacement, aside);
    // What an older version of the extension may have made here meanwhile must not mix with the new file.
    removeAll(path);
    rename(replacement, path);
  }
  rmSync(markOf(path), { force: true });
}

/** The names of files that were set aside for this one. */
export function isAsideOf(path: string, name: string): boolean {
  return name.startsWith(`${basename(path, ".db")}-damaged-`);
}

/** Reads all of the file. Throws `DatabaseTooNew`, and SQLite's errors but those of damage. */
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

/** In one step: half a mark would name a file that is none. */
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

/** The file first: once it is gone, windows that have it open find out with their next step. */
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

/** Windows does not move a file that another window has open; windows close it when they see the mark. */
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
