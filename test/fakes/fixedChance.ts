import type { Chance } from "../../src/core/dispatch/chance";

/** Chance that always falls the same way. */
export class FixedChance implements Chance {
  readonly #value: number;

  constructor(value = 0) {
    this.#value = value;
  }

  next(): number {
    return this.#value;
  }
}
