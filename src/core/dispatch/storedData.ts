import type { Result } from "./failure";

/** Port: what the user may have removed. Never throws. */
export interface StoredData {
  /**
   * Removes conversations that were last written to before the local day, unless they are pinned, and single calls, waits
   * and refusals from before it. What they sum up to stays, so that caps hold and reports go on.
   */
  forgetBefore(day: string): Promise<Result<void>>;
  /**
   * Removes everything, in every window. Of the spending of `today` and its month nameless sums stay, so that no cap
   * can be broken by this; and what conversations of today have spent, by their random ids.
   */
  deleteAll(today: string): Promise<Result<void>>;
  /**
   * Removes for good the conversations that the user removed before then, in milliseconds since the epoch, and makes the
   * others ready to be searched.
   */
  tidy(removedBefore: number): Promise<Result<void>>;
  /** What kind of file it lies in. */
  describe(): Promise<Result<StoreFacts>>;
}

export interface StoreFacts {
  readonly schemaVersion: number;
  /** The newest one that this version of the extension knows. */
  readonly newestVersion: number;
  /** Of the database itself, without what lies beside it. */
  readonly bytes: number;
}
