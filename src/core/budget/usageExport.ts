import type { Result } from "../dispatch/failure";
import type { Reservation } from "../dispatch/ledger";
import type { DayRange } from "../report/period";
import type { Usage } from "./price";

/** One request as the ledger has it, open ones too. Undefined cost: no known price. */
export interface BookedCall extends Omit<Reservation, "task"> {
  /** The kind of work; a newer version may have booked one that this version does not know. */
  readonly task: string;
  /** Orders the calls; a page ends at one. */
  readonly position: number;
  /** `crashed`: its window ended before the cost was known, so the reservation is charged. */
  readonly state: "open" | "settled" | "crashed";
  readonly estimated: boolean;
  readonly usage: Usage;
  readonly timeToFirstTokenMs: number | undefined;
  readonly durationMs: number | undefined;
}

/** Port: the ledger's single calls, in pages. Never throws. */
export interface UsageExport {
  /** The calls after a position (0: from the first one), of `range` or of all days; an empty page is the end. */
  calls(after: number, range?: DayRange): Promise<Result<readonly BookedCall[]>>;
}
