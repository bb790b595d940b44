import type { Result } from "../dispatch/failure";

/** Port: has each warning given by one window of this machine only. Never throws. */
export interface Warnings {
  /** True for the one window that should give it. */
  claim(matter: string): Promise<Result<boolean>>;
}
