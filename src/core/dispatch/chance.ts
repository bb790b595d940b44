/** Port: random numbers, to spread retries. */
export interface Chance {
  /** At least 0, below 1. */
  next(): number;
}
