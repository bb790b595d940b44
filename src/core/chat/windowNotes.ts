import type { Result } from "../dispatch/failure";

/**
 * Port: what a window remembers over reloads, crashes included. `window` tells it from others, `name` what is remembered;
 * values are JSON. Never throws.
 */
export interface WindowNotes {
  load(window: string): Promise<Result<ReadonlyMap<string, string>>>;
  /** Resolves when it is on the disk. Undefined takes the note away. */
  save(window: string, name: string, json: string | undefined): Promise<Result<void>>;
}
