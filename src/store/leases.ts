import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { takeFileLock } from "./fileLock";
import type { FileLock } from "./fileLock";

/**
 * Shows which owners of open calls are still alive. An owner holds a lock on a file of its name for as long as it lives;
 * process ids are reused, and heartbeats would wake every window. Call `hold` and `isAlive` only in a transaction of the
 * store's file, so that a lock that is just being taken is not mistaken for a dead owner's.
 */
export interface Leases {
  readonly ownerId: string;
  /** Takes this owner's lock, unless it is held already. Throws if the file cannot be created. */
  hold(): void;
  /** Whether the owner's lock is held; for `undefined`, a window of version 1, whether its process exists. */
  isAlive(ownerId: string | undefined, pid: number): boolean;
  /** Whether there is a lock file of any other owner. */
  hasOthers(): boolean;
  /** Removes the lock files of owners that died. */
  sweep(): void;
  /** Ends this owner: calls that it left open count as abandoned. */
  release(): void;
}

/** `folder` holds the lock files; it is created with the first one. */
export function createLeases(folder: string): Leases {
  const ownerId = randomUUID();
  const ownFile = join(folder, ownerId);
  let lock: FileLock | undefined;

  function others(): string[] {
    return existsSync(folder) ? readdirSync(folder).filter((name) => name !== ownerId) : [];
  }

  return {
    ownerId,
    hold() {
      if (lock !== undefined) return;
      mkdirSync(folder, { recursive: true });
      lock = takeFileLock(ownFile, 0);
      if (lock === undefined) throw new Error("the lease of this window is taken");
    },
    isAlive(id, pid) {
      if (id === undefined) return processExists(pid);
      return id === ownerId ? lock !== undefined : isHeld(join(folder, id));
    },
    hasOthers: () => others().length > 0,
    sweep() {
      for (const name of others()) {
        const file = join(folder, name);
        if (!isHeld(file)) rmSync(file, { force: true });
      }
    },
    release() {
      if (lock === undefined) return;
      // Removed first, while the lock still keeps others from taking the file.
      tryRemove(ownFile);
      lock[Symbol.dispose]();
      lock = undefined;
      tryRemove(ownFile);
    },
  };
}

/** If that cannot be found out, the owner counts as alive: its reservation stays counted either way. */
function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const lock = takeFileLock(file, 0);
    lock?.[Symbol.dispose]();
    return lock === undefined;
  } catch {
    return true;
  }
}

/** Windows does not remove a file that is open. */
function tryRemove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next window to open sweeps it.
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be signalled, but it is alive.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
