import type { Result } from "../dispatch/failure";
import type { Spend } from "../dispatch/ledger";
import type { ProviderId } from "../models/model";
import type { Usage } from "./price";

/** Settled calls, summed; open reservations are not in it. `model` is "" for the sums that `deleteAllData` keeps. */
export interface ModelUsage extends Spend {
  readonly model: string;
  readonly provider: ProviderId;
  readonly usage: Usage;
}

/** The settled calls of one local hour; `hour` is 0 to 23. */
export interface HourSpend extends Spend {
  readonly day: string;
  readonly hour: number;
}

/** Port: sums over the ledger. Never throws. */
export interface UsageQueries {
  /** By model, the most expensive first; `month` is local, e.g. `2026-11`. */
  spentByModel(month: string): Promise<Result<readonly ModelUsage[]>>;
  /** Since the beginning of a local day, in order of time, without hours in which nothing was settled. */
  spentByHour(sinceDay: string): Promise<Result<readonly HourSpend[]>>;
}
