/** Things to happen on a virtual clock, each at its moment; those of one moment in the order of their making. */
export class Timeline {
  now = 0;
  readonly #due: { readonly at: number; readonly act: () => void }[] = [];

  at(time: number, act: () => void): void {
    const at = Math.max(time, this.now);
    // Latest first, so that the next one is taken from the end.
    let low = 0;
    let high = this.#due.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#due[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, { at, act });
  }

  /** Lets all happen that is due before `end`. */
  runUntil(end: number): void {
    for (;;) {
      const next = this.#due.at(-1);
      if (next === undefined || next.at > end) break;
      this.#due.pop();
      this.now = next.at;
      next.act();
    }
    this.now = end;
  }

  /** The same, with all promises that can go on after each event gone on before the next. */
  async runUntilSettled(end: number): Promise<void> {
    for (
      let next = this.#due.at(-1);
      next !== undefined && next.at <= end;
      next = this.#due.at(-1)
    ) {
      this.runUntil(next.at);
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = end;
  }
}
