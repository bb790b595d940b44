import type { Result } from "../dispatch/failure";

/**
 * Port: what a window remembers over reloads and crashes. `window` identifies the window, `name` what is remembered;
 * values are JSON. Never throws.
 */
export interface WindowNotes {
  load(window: string): Promise<Result<ReadonlyMap<string, string>>>;
  /** Resolves when it is on disk. Undefined removes the note. */
  save(window: string, name: string, json: string | undefined): Promise<Result<void>>;
}
