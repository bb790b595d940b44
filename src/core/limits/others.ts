import type { Surprise } from "./doubt";
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
  if (others === undefined || nowMs > knownUntil(others, dimension)) return 0;
  const habit = Math.min(...others.rates) * margin[dimension];
  return Math.min(habit, (largestShare * limit) / windowMs[dimension]);
}

// Headers correct what is too much within seconds; the limits without headers have to be met closely.
const margin: Readonly<Record<LimitDimension, number>> = {
  rpm: 1.1,
  rpd: 1.1,
  tpm: 1.1,
  tpd: 1.02,
};

/** Until when what was measured of others holds: over the user's pauses, but not for days. */
export function knownUntil({ measuredAtMs }: OthersUse, dimension: LimitDimension): number {
  return measuredAtMs + Math.min(15 * windowMs[dimension], windowMs.rpd);
}

/** However much others take, something drains: else nothing would ever be tried again. */
const largestShare = 0.8;

/** Notes how a header was other than expected. */
export function othersAfterHeader(
  others: OthersUse,
  { surprise, aboveLeast, wasEmpty }: Surprise,
  { inflow, sinceMs, atMs }: Sighting,
): OthersUse {
  const [last] = others.rates;
  if (surprise !== 0) {
    const rate = inflow + aboveLeast / Math.max(1, atMs - sinceMs);
    return { ...others, rates: [Math.max(0, rate), last], measuredAtMs: atMs };
  }
  // Without a sign of others for a while they are forgotten step by step.
  const habit = Math.min(...others.rates);
  return { ...others, rates: [wasEmpty ? habit / 2 : habit, last], measuredAtMs: atMs };
}

/** A refusal is proof enough: the next request allows for them at once, but not yet as for a habit. */
export function othersAfterRefusal(
  others: OthersUse,
  surplus: number,
  drain: number,
  toldAtMs: number,
): OthersUse {
  const habit = Math.min(...others.rates);
  const rate = habit + surplus / Math.max(1, toldAtMs - others.toldAtMs);
  const believed = Math.min(rate, Math.max(2 * habit, firstShare * drain));
  return { ...others, rates: [believed, believed], measuredAtMs: toldAtMs };
}

/** One burst looks like a flood until the next answer tells. */
const firstShare = 0.3;
