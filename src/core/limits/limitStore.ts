import type { Result } from "../dispatch/failure";

/** Whose limits: they apply per account and model. */
export interface LimitKey {
  readonly account: string;
  readonly model: string;
}

/** What is known of the limits of one account and model, as some window last wrote it. */
export interface StoredLimits {
  /** Counts the writes; 1 is the first. */
  readonly version: number;
  /** A `LimiterState` as JSON; the store does not look into it. */
  readonly state: string;
  /** When it was written, by the epoch clock and by the machine's monotonic clock, in milliseconds. */
  readonly savedAtMs: number;
  readonly savedAtMonotonicMs: number;
}

/** Port: the limits as all windows of this machine share them. Never throws. */
export interface LimitStore {
  load(key: LimitKey): Promise<Result<StoredLimits | undefined>>;
  /**
   * Writes `next` and returns undefined if its version is one above the stored one, or if none is stored, whatever its
   * version (all data may have been deleted meanwhile). Otherwise another window was first: nothing is written, and what
   * that window wrote is returned.
   */
  replace(key: LimitKey, next: StoredLimits): Promise<Result<StoredLimits | undefined>>;
  /** Both accounts turned out to be one organisation: from now on they share what `key.account` knows. */
  merge(account: string, into: string): Promise<Result<void>>;
}
