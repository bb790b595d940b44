import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a process may take to end when asked, before it is killed. */
const GRACE_MILLISECONDS = 2_000;
const KILL_MILLISECONDS = 500;
const POLL_MILLISECONDS = 20;

/**
 * Ends a process that was started detached, and all that it started; resolves when they are gone.
 * @param {number} pid
 */
export async function endTree(pid) {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true });
    return;
  }
  signalGroup(pid, "SIGTERM");
  if (await isGone(pid, GRACE_MILLISECONDS)) return;
  signalGroup(pid, "SIGKILL");
  // In a container whose first process does not reap orphans, killed processes stay in the group forever.
  await isGone(pid, KILL_MILLISECONDS);
}

/**
 * @param {number} pid
 * @param {number} patience how long to wait for it, in milliseconds
 */
async function isGone(pid, patience) {
  const patienceEnds = performance.now() + patience;
  while (signalGroup(pid, 0)) {
    if (performance.now() > patienceEnds) return false;
    await sleep(POLL_MILLISECONDS);
  }
  return true;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether the group still had a process
 */
function signalGroup(pid, signal) {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
