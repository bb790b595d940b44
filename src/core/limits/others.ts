import { windowMs } from "./limits";
import type { LimitDimension } from "./limits";
import type { LimiterState, OthersUse, Sighting } from "./limiterState";

/**
 * Units per millisecond to allow for other programs of the organisation until the server tells more: what
 * they took in both of the last two measured times, and a little more. So one burst is no habit.
 */
export function inflowOf(
  state: LimiterState,
  dimension: LimitDimension,
  limit: number,
  nowMs: number,
): number {
  const others = state.others[dimension];
  const window = windowMs[dimension];
  if (others === undefined || nowMs - others.toldAtMs > window) return 0;
  const habit = Math.min(...others.rates) * margin[dimension];
  return Math.min(habit, (largestShare * limit) / window);
}

// Headers correct what is too much within seconds; the limits without headers have to be met closely.
const margin: Readonly<Record<LimitDimension, number>> = {
  rpm: 1.1,
  rpd: 1.1,
  tpm: 1.1,
  tpd: 1.02,
};

/** However much others take, something drains: else nothing would ever be tried again. */
const largestShare = 0.8;

/** Notes that a header showed `surplus` units more (or less) than was expected. */
export function othersAfterHeader(
  others: OthersUse,
  surplus: number,
  { inflow, sinceMs, atMs }: Sighting,
): OthersUse {
  const [last] = others.rates;
  const rate = inflow + surplus / Math.max(1, atMs - sinceMs);
  return { ...others, rates: [Math.max(0, rate), last] };
}

/** A refusal is proof enough: the next request allows for as much at once. */
export function othersAfterRefusal(
  others: OthersUse,
  surplus: number,
  inflow: number,
  toldAtMs: number,
): OthersUse {
  const rate = inflow + surplus / Math.max(1, toldAtMs - others.toldAtMs);
  return { ...others, rates: [rate, rate], toldAtMs };
}
