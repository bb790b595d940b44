import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../core/dispatch/clock";

/** The machine's clock, its time zone and its timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  localDay(epochMs) {
    const date = new Date(epochMs);
    const month = String(date.getMonth() + 1).padStart(2, "0");
    const day = String(date.getDate()).padStart(2, "0");
    return `${date.getFullYear()}-${month}-${day}`;
  },
  localHour: (epochMs) => new Date(epochMs).getHours(),
  async sleep(ms, signal) {
    // An abort rejects; to the caller it is only an early end.
    await delay(ms, undefined, { signal }).catch(() => undefined);
  },
};
