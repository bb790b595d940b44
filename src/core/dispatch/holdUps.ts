import type { ProviderId } from "../models/model";
import type { LimitDimension } from "../limits/limits";
import type { Failure, Result } from "./failure";

/** A request that had to wait for its admission, or was refused, by us or by the service; reports show them. */
export interface HoldUp {
  readonly kind: "wait" | "refusal";
  /** Which limit it waited for, or why it was refused. */
  readonly reason: LimitDimension | Failure["kind"];
  readonly model: string;
  readonly provider: ProviderId;
  /** Milliseconds since the epoch; `day` and `hour` (0 to 23) are its local date and time. */
  readonly at: number;
  readonly day: string;
  readonly hour: number;
  /** Milliseconds; 0 for a refusal at once. */
  readonly waitedMs: number;
}

/** Port: the list of waits and refusals. Never throws. */
export interface HoldUps {
  note(holdUp: HoldUp): Promise<Result<void>>;
}
