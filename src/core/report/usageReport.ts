import type { Usage } from "../budget/price";
import type { Result } from "../dispatch/failure";
import type { HoldUp } from "../dispatch/holdUps";
import type { Spend } from "../dispatch/ledger";
import type { ProviderId } from "../models/model";
import type { DayRange } from "./period";

/** Settled calls and open reservations, as the caps count them; the tokens of open ones are not known yet. */
export interface Tally extends Spend {
  readonly usage: Usage;
}

/** One bar of a chart over time: a local day, `2026-11-20`, or in a long report a month, `2026-11`. */
export type Slot = string;

/** Who spent it: a model, a kind of work or a workspace. */
export interface Group {
  /** `""`: the nameless sums that `deleteAllData` keeps; among workspaces also a window without one. */
  readonly name: string;
  /** Of models. */
  readonly provider?: ProviderId;
  /** The sum of the groups that are too many to be shown. */
  readonly isRest: boolean;
}

/** The report's spending, split: the most expensive groups first, the rest last. */
export interface Breakdown {
  readonly groups: readonly Group[];
  /** `group` is an index into `groups`; without calls there is no cell. */
  readonly cells: readonly BreakdownCell[];
}

export interface BreakdownCell extends Tally {
  readonly slot: Slot;
  readonly group: number;
}

/** What one model used in all; every model has its row. */
export interface ModelTally extends Tally {
  readonly model: string;
  readonly provider: ProviderId;
}

/** Of a measure's values: `p90` is the value that nine tenths of them do not exceed. */
export interface Percentiles {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly calls: number;
}

/** Of calls with reported usage; an absent measure was never taken. */
export interface ModelSpeed {
  readonly model: string;
  readonly provider: ProviderId;
  /** Milliseconds. */
  readonly firstToken?: Percentiles;
  /** From the first token on. */
  readonly tokensPerSecond?: Percentiles;
}

/** The same of one bar. */
export interface SlotSpeed extends ModelSpeed {
  readonly slot: Slot;
}

/** Tokens that a model took from the cache; what took none has no entry. */
export interface CachedUse {
  readonly slot: Slot;
  readonly model: string;
  readonly provider: ProviderId;
  readonly tokens: number;
}

export interface HoldUpTally {
  readonly slot: Slot;
  readonly kind: HoldUp["kind"];
  /** A limit's dimension, or the kind of a failure. */
  readonly reason: string;
  readonly count: number;
  /** Milliseconds, all of them together. */
  readonly waitedMs: number;
}

/** What Groq's limits counted for a model in an hour of the day, 0 to 23, on the day with most of it. */
export interface HourUse {
  readonly hour: number;
  readonly model: string;
  /** Without cached ones, which do not count. */
  readonly mostTokens: number;
  readonly mostRequests: number;
}

export interface DaySpend {
  readonly day: string;
  readonly spend: Spend;
  /** Part of it is a nameless sum that `deleteAllData` kept, of several days. */
  readonly nameless: boolean;
}

export interface UsageReport {
  readonly range: DayRange;
  readonly unit: "day" | "month";
  readonly models: readonly ModelTally[];
  readonly byModel: Breakdown;
  readonly byTask: Breakdown;
  readonly byWorkspace: Breakdown;
  /** As many days right before the range. */
  readonly before: Spend;
  readonly speeds: readonly ModelSpeed[];
  /** By slot, and in a slot the model with most calls first. */
  readonly speedsOverTime: readonly SlotSpeed[];
  readonly cached: readonly CachedUse[];
  readonly holdUps: readonly HoldUpTally[];
  readonly hours: readonly HourUse[];
  /** Days with any spending of `recent`, in order. */
  readonly recent: readonly DaySpend[];
}

export interface ReportRequest {
  readonly range: DayRange;
  readonly before: DayRange;
  /** The days that a forecast is made from. */
  readonly recent: DayRange;
  readonly unit: UsageReport["unit"];
}

/** Port: sums over the ledger for reports, each report at one moment of it. Never throws. */
export interface UsageReports {
  /** The first and the last local day with any spending; undefined without any. */
  bookedDays(): Promise<Result<DayRange | undefined>>;
  read(request: ReportRequest): Promise<Result<UsageReport>>;
  /** How fast each model answered here. */
  speeds(range: DayRange): Promise<Result<readonly ModelSpeed[]>>;
}
