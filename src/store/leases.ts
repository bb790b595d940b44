import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { takeFileLock } from "./fileLock";
import type { FileLock } from "./fileLock";

/**
 * Who may still settle an open call. An owner holds a lock on a file of its name for as long as it lives; process ids
 * are used again, and heartbeats would wake every window. Call `hold` and `endedOwners` only in a transaction of the
 * store's file, so that nobody takes a lock that is just being made for a dead one's.
 */
export interface Leases {
  readonly ownerId: string;
  /** Takes this owner's lock, unless it has it. Throws if the file cannot be made. */
  hold(): void;
  /** Whether the owner's lock is held; for `undefined`, a window of version 1, whether its process exists. */
  isAlive(ownerId: string | undefined, pid: number): boolean;
  /** Whether there is a lock of any other owner. */
  hasOthers(): boolean;
  /** Removes what owners that died have left. */
  sweep(): void;
  /** Ends this owner: what it has left open counts as abandoned. */
  release(): void;
}

/** `folder` is where the locks lie; it is made with the first one. */
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
      // Removed first: between the two the lock still keeps others from taking it.
      tryRemove(ownFile);
      lock[Symbol.dispose]();
      lock = undefined;
      tryRemove(ownFile);
    },
  };
}

/** What cannot be looked at counts as alive: its reservation stays counted either way. */
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
    // Somebody else's process cannot be signalled, but it lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
