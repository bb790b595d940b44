import type { Clock } from "../../src/core/dispatch/clock";

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** A clock that only moves when it is told to; its local time zone is UTC. */
export class FakeClock implements Clock {
  /** How long each sleep was asked to be, in milliseconds. */
  readonly slept: number[] = [];
  /** Whether a sleep passes at once, taking the clock along, instead of waiting for `advance`. */
  sleepsPass = true;
  #elapsed = 0;
  readonly #startedAt: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startedAt: number = Date.UTC(2026, 10, 20, 12)) {
    this.#startedAt = startedAt;
  }

  now(): number {
    return this.#startedAt + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  localDay(epochMs: number): string {
    return new Date(epochMs).toISOString().slice(0, 10);
  }

  localHour(epochMs: number): number {
    return new Date(epochMs).getUTCHours();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    if (signal.aborted) return;
    if (this.sleepsPass) {
      this.advance(ms);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { wakeAt: this.#elapsed + ms, wake: resolve };
    this.#sleepers.add(sleeper);
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    this.#sleepers.delete(sleeper);
  }

  advance(ms: number): void {
    this.#elapsed += ms;
    for (const sleeper of this.#sleepers) if (sleeper.wakeAt <= this.#elapsed) sleeper.wake();
  }
}
