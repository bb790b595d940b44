import type { Result } from "./failure";

/** Port: removes stored data at the user's word. Never throws. */
export interface StoredData {
  /**
   * Removes conversations that were last written to before the local day, unless they are pinned, and single calls, waits
   * and refusals from before it. Their sums stay, so that caps hold and reports go on.
   */
  forgetBefore(day: string): Promise<Result<void>>;
  /**
   * Removes everything, in every window. Nameless sums of what was spent today and this month stay, so that no cap can
   * be broken by this; so do the sums of today's conversations, by their random ids.
   */
  deleteAll(today: string): Promise<Result<void>>;
  /**
   * Removes for good the conversations that the user removed before `removedBefore`, in milliseconds since the epoch, and
   * brings the search index of the others up to date.
   */
  tidy(removedBefore: number): Promise<Result<void>>;
  /** Facts about the database file. */
  describe(): Promise<Result<StoreFacts>>;
}

export interface StoreFacts {
  readonly schemaVersion: number;
  /** The newest one that this version of the extension knows. */
  readonly newestVersion: number;
  /** Of the database itself, without the files beside it. */
  readonly bytes: number;
}
