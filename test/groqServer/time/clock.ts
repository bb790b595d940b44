import { setImmediate as nextTurn } from "node:timers/promises";

/** The server's only source of time. All times are milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
  /** Resolves once `now()` has reached `time`; rejects with the signal's reason when aborted. */
  sleepUntil(time: number, signal: AbortSignal): Promise<void>;
}

/** The hands on the clock, for tests. */
export interface ClockControl {
  now(): number;
  /**
   * Moves time forward at once, on any kind of clock, waking each sleeper at its own instant and
   * letting what it starts run before the next one is woken.
   */
  advance(milliseconds: number): Promise<void>;
  /** Resolves as soon as at least `count` sleepers (1 when omitted) wait for time to pass. */
  whenSleeping(count?: number): Promise<void>;
}

/** `real` runs with the machine, a scaled one `factor` times as fast, a stepped one only by `advance`. */
export type ClockKind = "real" | "stepped" | { readonly factor: number };

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

/** Makes a clock of the given kind that shows `startAt`, or the machine's time when omitted. */
export function createClock(kind: ClockKind, startAt: number = Date.now()): Clock & ClockControl {
  const rate = clockRate(kind);
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<() => void>();
  const startedAt = performance.now();
  let shift = startAt;
  let timer: NodeJS.Timeout | undefined;

  const now = (): number => shift + (performance.now() - startedAt) * rate;

  function earliestSleeper(): Sleeper | undefined {
    let earliest: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (earliest === undefined || sleeper.wakeAt < earliest.wakeAt) earliest = sleeper;
    }
    return earliest;
  }

  function wakeDue(): void {
    const present = now();
    const due = [...sleepers].filter((sleeper) => sleeper.wakeAt <= present);
    for (const sleeper of due.toSorted((a, b) => a.wakeAt - b.wakeAt)) sleeper.wake();
    armTimer();
  }

  function armTimer(): void {
    clearTimeout(timer);
    const next = earliestSleeper();
    if (next === undefined || rate === 0) return;
    timer = setTimeout(wakeDue, Math.min(Math.max(0, next.wakeAt - now()) / rate, longestTimeout));
  }

  function sleepUntil(wakeAt: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (wakeAt <= now()) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      sleepers.delete(sleeper);
      signal.removeEventListener("abort", onAbort);
    };
    const onAbort = (): void => {
      leave();
      reject(signal.reason);
    };
    const sleeper: Sleeper = {
      wakeAt,
      wake: () => {
        leave();
        resolve();
      },
    };
    const previous = earliestSleeper();
    sleepers.add(sleeper);
    signal.addEventListener("abort", onAbort, { once: true });
    if (previous === undefined || wakeAt < previous.wakeAt) armTimer();
    for (const look of watchers) look();
    return promise;
  }

  async function advance(milliseconds: number): Promise<void> {
    const target = now() + milliseconds;
    let next = earliestSleeper();
    while (next !== undefined && next.wakeAt <= target) {
      shift += Math.max(0, next.wakeAt - now());
      next.wake();
      await nextTurn();
      next = earliestSleeper();
    }
    shift += Math.max(0, target - now());
    armTimer();
  }

  function whenSleeping(count = 1): Promise<void> {
    if (sleepers.size >= count) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (sleepers.size < count) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
    });
  }

  return { now, sleepUntil, advance, whenSleeping };
}

// setTimeout fires at once when asked for more than 2^31 - 1 ms.
const longestTimeout = 2 ** 31 - 1;

function clockRate(kind: ClockKind): number {
  if (kind === "real") return 1;
  if (kind === "stepped") return 0;
  return kind.factor;
}
