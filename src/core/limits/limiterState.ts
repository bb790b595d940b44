import { emptyBucket, take } from "./bucket";
import type { Bucket } from "./bucket";
import { hypotheses } from "./hypothesis";
import type { Hypothesis } from "./hypothesis";
import { limitDimensions, windowMs } from "./limits";
import type { LimitDimension, Need } from "./limits";
import type { RateLimits } from "../models/model";
import type { HeaderLimits } from "../models/planLimits";
import type { Calibration } from "../tokens/calibration";
import type { RequestClass } from "./requestClass";

/** All that is known of the limits of one model and account: plain data, so that it can be stored. */
export interface LimiterState {
  /** One for each hypothesis. */
  readonly views: View[];
  /** Requests that were admitted and have not ended. */
  open: OpenRequest[];
  readonly others: { [D in LimitDimension]?: OthersUse };
  nextTicket: number;
  /** Grows with everything that changes the buckets. */
  changes: number;
  /** Requests of all windows that wait for room, in the order in which they came. */
  line: WaitingRequest[];
  /**
   * When a request of a lower class last went before others, so that it does not wait forever, and the next free
   * place at that time: all requests with a lower place have been passed once.
   */
  promotion: { readonly atMs: number; readonly place: number };
  /** The limits that were set or published at the last look. */
  configured: RateLimits;
  /** Those of them that the user has set: what the service reports does not loosen them. */
  own: RateLimits;
  /** The limits that headers named last. */
  toldLimits: HeaderLimits;
  /** Until when the service admits nothing: it gave a time, but no numbers to work one out from. */
  shutUntilMs?: number;
  /** How the model counts tokens, as learnt from its answers. */
  calibration?: Calibration;
}

/** A request that has been told to wait. */
export interface WaitingRequest {
  readonly place: number;
  readonly requestClass: RequestClass;
  readonly need: Need;
  readonly sinceMs: number;
  /** Its window looks in again before this time; if it does not, it is gone. */
  readonly returnsByMs: number;
}

/** How full the buckets are if a hypothesis holds. */
export interface View {
  readonly hypothesis: Hypothesis;
  /** How much worse than the best hypothesis this one has explained the headers. */
  doubt: number;
  readonly buckets: { [D in LimitDimension]?: Bucket };
}

/** What other programs of the organisation take of a limit. */
export interface OthersUse {
  /** Units per millisecond, as measured last and the time before. */
  readonly rates: readonly [last: number, before: number];
  readonly measuredAtMs: number;
  /** When the server last reported how full the bucket is. */
  readonly toldAtMs: number;
  /** The request whose answer reported it, and when that request was sent. */
  readonly ticket: number;
  readonly askedAtMs: number;
  /** Nothing else happened between the two: what follows can be predicted exactly. */
  readonly exact: boolean;
}

/** A request on its way. */
export interface OpenRequest {
  readonly ticket: number;
  readonly need: Need;
  readonly sentAtMs: number;
  /** `changes` when it was sent; undefined if another request was on its way to the service then. */
  readonly changesWhenSent: number | undefined;
  /** Its headers have come: the service has admitted it. Until then it drains from no bucket. */
  reached: boolean;
  /** Whether what the server has since reported of a limit includes this request: reported by itself or a later one. */
  readonly told: { [D in LimitDimension]?: "itself" | "later" };
  /** To be judged when its usage is known. */
  readonly sightings: { [D in LimitDimension]?: Sighting };
}

/** What a header showed of a limit, and what each view expected beside the request itself. */
export interface Sighting {
  readonly used: number;
  readonly atMs: number;
  /** When the server had reported it before, and the use by others that was allowed for since. */
  readonly sinceMs: number;
  readonly inflow: number;
  readonly expected: readonly { readonly least: number; readonly most: number }[];
}

/** Empty buckets for the limits that are known; the others appear when the server reports them. */
export function newLimiterState(limits: RateLimits, nowMs: number): LimiterState {
  const state: LimiterState = {
    views: hypotheses.map((hypothesis): View => ({ hypothesis, doubt: 0, buckets: {} })),
    open: [],
    others: {},
    nextTicket: 1,
    changes: 0,
    line: [],
    promotion: { atMs: nowMs, place: 0 },
    configured: {},
    own: {},
    toldLimits: {},
  };
  configure(state, limits, {}, nowMs);
  return state;
}

/** Takes over limits that were set or published since the last look; what is in use stays. `own`: the user's. */
export function configure(
  state: LimiterState,
  limits: RateLimits,
  own: RateLimits,
  nowMs: number,
): void {
  for (const dimension of limitDimensions) {
    const limit = limits[dimension];
    // What the user sets anew holds, also where it says what was published: a refusal may have taught a lower one since.
    const isAsBefore = own[dimension] === state.own[dimension];
    if (isAsBefore && limit === state.configured[dimension]) continue;
    if (limit === undefined) forgetLimit(state, dimension);
    else {
      moveLimit(state, dimension, limit, nowMs);
      state.others[dimension] ??= nobodyElse(nowMs);
    }
  }
  state.configured = limits;
  state.own = own;
}

/** A limit that the service has reported, or the user's own if that is stricter. */
export function withinOwn(state: LimiterState, dimension: LimitDimension, limit: number): number {
  return Math.min(limit, state.own[dimension] ?? limit);
}

/** Sets a limit; what is in use of it stays. */
export function moveLimit(
  state: LimiterState,
  dimension: LimitDimension,
  limit: number,
  nowMs: number,
): void {
  for (const { buckets } of state.views) {
    const bucket = buckets[dimension] ?? emptyBucket(limit, windowMs[dimension], nowMs);
    buckets[dimension] = { ...take(bucket, 0, nowMs), limit };
  }
}

function nobodyElse(nowMs: number): OthersUse {
  return {
    rates: [0, 0],
    measuredAtMs: nowMs,
    toldAtMs: nowMs,
    ticket: 0,
    askedAtMs: nowMs,
    exact: true,
  };
}

/** From now on this limit is known only if the server reports it. */
function forgetLimit(state: LimiterState, dimension: LimitDimension): void {
  for (const { buckets } of state.views) delete buckets[dimension];
  delete state.others[dimension];
}

export function limitOf(state: LimiterState, dimension: LimitDimension): number | undefined {
  return state.views[0]?.buckets[dimension]?.limit;
}
