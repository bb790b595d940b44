import { uptime } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../core/dispatch/clock";

/** The machine's clock, its time zone and its timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: createMonotonic(
    () => Number(process.hrtime.bigint()) / 1e6,
    () => uptime() * 1000,
  ),
  localDay(epochMs) {
    const date = new Date(epochMs);
    const month = String(date.getMonth() + 1).padStart(2, "0");
    const day = String(date.getDate()).padStart(2, "0");
    return `${date.getFullYear()}-${month}-${day}`;
  },
  localHour: (epochMs) => new Date(epochMs).getHours(),
  async sleep(ms, signal) {
    // An abort rejects; to the caller it is only an early end.
    await delay(Math.min(ms, longestTimerMs), undefined, { signal }).catch(() => undefined);
  },
};

/** Node's timers fire at once when asked for more. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Milliseconds since the machine started, the same in all processes. `hrtime` is exact but stands still while
 * the machine sleeps; `uptime` (CLOCK_BOOTTIME on Linux, GetTickCount64 on Windows, boot time on macOS) does
 * not, but is rough. What they differ by is the time slept.
 */
export function createMonotonic(exactMs: () => number, roughMs: () => number): () => number {
  let slept = 0;
  let last = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const exact = exactMs();
    // A look reads a file on Linux; a request asks for the time a dozen times.
    if (exact - lookedAt > lookEveryMs) {
      lookedAt = exact;
      const asleep = roughMs() - exact;
      if (Math.abs(asleep - slept) > roughnessMs) slept = asleep;
    }
    last = Math.max(last, exact + slept);
    return last;
  };
}

/** On macOS uptime counts whole seconds. */
const roughnessMs = 2000;

const lookEveryMs = 50;
