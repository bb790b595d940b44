import type { RequestClass } from "../../../src/core/limits/requestClass";

/** Watches who is let go while somebody of a higher class waits. */
export class LineWatch {
  /** The most background requests that were let go before one interactive one. */
  overtakings = 0;
  readonly #waiting = new Set<{ passedBy: number }>();

  /** A request asks for admission; what comes back is called when it is sent, and when it is gone. */
  stand(requestClass: RequestClass): (how: "sent" | "gone") => void {
    const own = { passedBy: 0 };
    if (requestClass === "interactive") this.#waiting.add(own);
    return (how) => {
      this.#waiting.delete(own);
      if (how === "gone" || requestClass === "interactive") return;
      for (const other of this.#waiting) {
        other.passedBy++;
        this.overtakings = Math.max(this.overtakings, other.passedBy);
      }
    };
  }
}
