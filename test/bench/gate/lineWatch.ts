import type { RequestClass } from "../../../src/core/limits/requestClass";

/** Requests that go within this time of each other do not wait for each other. */
const togetherMs = 1000;

/** Watches who is let go while somebody of a higher class waits. */
export class LineWatch {
  /** The most background requests that one interactive request had to wait for. */
  overtakings = 0;
  readonly #now: () => number;
  readonly #waiting = new Set<{ readonly since: number; readonly passedAt: number[] }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  arrive(requestClass: RequestClass): Stand {
    const own = { since: Infinity, passedAt: [] as number[] };
    return {
      wait: () => {
        own.since = Math.min(own.since, this.#now());
        if (requestClass === "interactive") this.#waiting.add(own);
      },
      go: () => {
        const goesAt = this.#now();
        const passed = own.passedAt.filter((time) => goesAt - time > togetherMs).length;
        this.overtakings = Math.max(this.overtakings, passed);
        this.#waiting.delete(own);
        // Should it be refused, it begins to wait anew.
        own.passedAt.length = 0;
        if (requestClass === "interactive") return;
        for (const { since, passedAt } of this.#waiting) if (goesAt > since) passedAt.push(goesAt);
      },
      leave: () => void this.#waiting.delete(own),
    };
  }
}

/** One request, as it is told to wait, is let go, or gives up. */
interface Stand {
  wait(): void;
  go(): void;
  leave(): void;
}
