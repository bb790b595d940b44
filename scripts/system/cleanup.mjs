import { rm } from "node:fs/promises";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { messageOf } from "./failure.mjs";

/** @typedef {() => Promise<void> | void} Cleanup */

/** @type {Set<Cleanup>} */
const pending = new Set();

/**
 * Registers work to be done before the process leaves, whatever the reason.
 * @param {Cleanup} cleanup
 * @returns {() => Promise<void>} runs it now instead; once, however often it is called
 */
export function onLeave(cleanup) {
  pending.add(cleanup);
  return async () => {
    if (pending.delete(cleanup)) await cleanup();
  };
}

/** Runs what is registered, the latest first. A cleanup that fails is named and does not stop the others. */
export async function runCleanups() {
  for (const cleanup of [...pending].toReversed()) {
    pending.delete(cleanup);
    try {
      await cleanup();
    } catch (error) {
      console.error(`Not cleaned up: ${messageOf(error)}`);
    }
  }
}

/**
 * Makes a new folder under the system's temporary folder. Whoever makes it removes it: see `removeFolder`.
 * @param {string} purpose part of its name
 * @returns {string} its real path, without symbolic links
 */
export function makeTemporaryFolder(purpose) {
  return realpathSync(mkdtempSync(path.join(tmpdir(), `groq-coder-${purpose}-`)));
}

/** @param {string} folder */
export async function removeFolder(folder) {
  // On Windows a process that has just ended may still hold its files for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
