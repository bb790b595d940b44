import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a process may take to end when asked, before it is killed. */
const GRACE_MILLISECONDS = 2_000;
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
  if (!signalGroup(pid, "SIGTERM")) return;
  const patienceEnds = performance.now() + GRACE_MILLISECONDS;
  while (performance.now() < patienceEnds) {
    await sleep(POLL_MILLISECONDS);
    if (!signalGroup(pid, 0)) return;
  }
  while (signalGroup(pid, "SIGKILL")) await sleep(POLL_MILLISECONDS);
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
