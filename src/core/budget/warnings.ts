import type { Result } from "../dispatch/failure";

/** Port: which warnings the windows of this machine have given. Never throws. */
export interface Warnings {
  /** True for the one window that is to give it. */
  claim(matter: string): Promise<Result<boolean>>;
}
