import type { Surprise } from "./doubt";
import { windowMs } from "./limits";
import type { LimitDimension } from "./limits";
import type { LimiterState, OthersUse, Sighting } from "./limiterState";

/**
 * Units per millisecond to allow for other programs of the organisation until the server reports more: the lesser of
 * the last two measured rates, so that one burst is not taken for a habit, and a little more.
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

// Headers correct too high an estimate within seconds; for the limits without headers it has to be close.
const margin: Readonly<Record<LimitDimension, number>> = {
  rpm: 1.1,
  rpd: 1.1,
  tpm: 1.1,
  tpd: 1.02,
};

/** Until when a measured rate is believed: over the user's pauses, but not for days. */
export function knownUntil({ measuredAtMs }: OthersUse, dimension: LimitDimension): number {
  return measuredAtMs + Math.min(15 * windowMs[dimension], windowMs.rpd);
}

/** However much others take, something is assumed to drain: otherwise nothing would ever be tried again. */
const largestShare = 0.8;

/** Notes how a header differed from what was expected. */
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

/** A refusal is proof enough to allow for others at once, but not yet for as much as a habit. */
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

/** Of the drain: one burst looks like a flood until the next answer. */
const firstShare = 0.3;
