import type { Clock } from "../../src/core/dispatch/clock";
import type { ClockControl } from "../groqServer/time/clock";

/** Gives the program the stand-ins' clocks; a sleep moves all of them. Its local time zone is UTC. */
export class ServerClock implements Clock {
  readonly #clocks: readonly ClockControl[];
  readonly #startedAt: number;

  /** The time is read from the first one. */
  constructor(...clocks: readonly ClockControl[]) {
    this.#clocks = clocks;
    this.#startedAt = this.now();
  }

  now(): number {
    return Math.floor(this.#clocks[0]?.now() ?? 0);
  }

  monotonic(): number {
    return this.now() - this.#startedAt;
  }

  localDay(epochMs: number): string {
    return new Date(epochMs).toISOString().slice(0, 10);
  }

  localHour(epochMs: number): number {
    return new Date(epochMs).getUTCHours();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (!signal.aborted) await this.advance(ms);
  }

  async advance(ms: number): Promise<void> {
    for (const clock of this.#clocks) await clock.advance(ms);
  }
}
