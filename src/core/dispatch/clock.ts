/** Port: time. `monotonic` never goes back, and only its differences mean anything; all in milliseconds. */
export interface Clock {
  /** Since the Unix epoch. */
  now(): number;
  monotonic(): number;
  /** The local calendar day, e.g. `2026-11-20`: daily and monthly sums go by it. */
  localDay(epochMs: number): string;
  /** The local hour, 0 to 23. */
  localHour(epochMs: number): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
