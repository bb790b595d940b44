import { adopt, emptyBucket, take, usedAt } from "./bucket";
import { judge, trusted } from "./doubt";
import { tokensAtAdmission, tokensInTheEnd } from "./hypothesis";
import type { TokensUsed } from "./hypothesis";
import { countsTokens, refusedDimension, limitDimensions, needOf, windowMs } from "./limits";
import type { LimitDimension, ReportedLimits, RefusedLimit } from "./limits";
import { limitOf, moveLimit, withinOwn } from "./limiterState";
import type { LimiterState, OpenRequest, Sighting, View } from "./limiterState";
import { inflowOf, othersAfterHeader, othersAfterRefusal } from "./others";

/**
 * The service has admitted the request, so what it took drains from now on. The admission may have been earlier,
 * but taking it for later never counts too little.
 */
export function reach(state: LimiterState, request: OpenRequest, nowMs: number): void {
  if (request.reached) return;
  request.reached = true;
  for (const view of state.views)
    for (const dimension of limitDimensions)
      change(state, view, dimension, needOf(request.need, dimension), nowMs);
}

/** Adopts what the headers of an answer show, as each hypothesis reads them. */
export function learnFromHeaders(
  state: LimiterState,
  request: OpenRequest,
  reported: ReportedLimits,
  nowMs: number,
): void {
  // If anything changed meanwhile, the header may or may not include it, and nothing can be concluded.
  const undisturbed = request.changesWhenSent === state.changes;
  for (const [dimension, truth] of pairs(reported)) {
    const used = truth.limit - truth.remaining;
    const exact = state.others[dimension]?.exact === true;
    if (undisturbed && exact && limitOf(state, dimension) === truth.limit)
      request.sightings[dimension] = sighting(state, request, dimension, used, nowMs);
  }
  reach(state, request, nowMs);
  for (const [dimension, truth] of pairs(reported)) {
    // The headers of a request that was sent later are newer, and may have overtaken these.
    const others = state.others[dimension];
    if (others !== undefined && request.ticket < others.ticket) {
      state.others[dimension] = { ...others, exact: false };
      continue;
    }
    const used = truth.limit - truth.remaining;
    const own = needOf(request.need, dimension);
    adoptTruth(state, dimension, truth.limit, { request, nowMs, exact: undisturbed }, (view) =>
      view.hypothesis.headers === "beforeAdmission" ? used + own : used,
    );
    request.told[dimension] = "itself";
    if (dimension === "rpd" || dimension === "tpm")
      state.toldLimits = { ...state.toldLimits, [dimension]: truth.limit };
  }
}

/** The tokens are known: corrects what was reserved, and compares the headers with each hypothesis. */
export function learnFromUsage(
  state: LimiterState,
  request: OpenRequest,
  used: TokensUsed,
  nowMs: number,
): void {
  for (const dimension of limitDimensions) {
    const seen = request.sightings[dimension];
    if (seen === undefined) continue;
    const surprise = judge(state, dimension, seen, request.need, used);
    const others = state.others[dimension];
    if (others !== undefined) state.others[dimension] = othersAfterHeader(others, surprise, seen);
  }
  for (const view of state.views)
    for (const dimension of limitDimensions) {
      if (!countsTokens(dimension)) continue;
      const told = request.told[dimension];
      const isActual =
        told === "later" || (told === "itself" && view.hypothesis.headers === "afterAdmission");
      const counted = isActual
        ? tokensAtAdmission(view.hypothesis, request.need, used)
        : request.need.tokens;
      const inTheEnd = tokensInTheEnd(view.hypothesis, request.need, used);
      change(state, view, dimension, inTheEnd - counted, nowMs);
    }
}

/**
 * Adopts the numbers of a refusal, where it told any, and of its headers. Two in a row that no trusted hypothesis
 * predicted bring them all back.
 */
export function learnFromRefusal(
  state: LimiterState,
  told: RefusedLimit | undefined,
  reported: ReportedLimits,
  source: TruthSource,
): void {
  const dimension = told && refusedDimension(told);
  if (told !== undefined && dimension !== undefined)
    learnFromNumbers(state, told, dimension, source);
  for (const [shown, truth] of pairs(reported))
    if (shown !== dimension)
      adoptTruth(state, shown, truth.limit, source, () => truth.limit - truth.remaining);
}

function learnFromNumbers(
  state: LimiterState,
  told: RefusedLimit,
  dimension: LimitDimension,
  source: TruthSource,
): void {
  const { nowMs } = source;
  const { limit } = told;
  const used = usedWhenRefused(told, dimension);
  if (used === undefined) {
    moveLimit(state, dimension, withinOwn(state, dimension, limit), nowMs);
    return;
  }
  const surplus = used - mostUsed(state, dimension, nowMs);
  const others = state.others[dimension];
  if (others !== undefined && limitOf(state, dimension) === limit && surplus > 0) {
    const drain = limit / windowMs[dimension];
    state.others[dimension] = othersAfterRefusal(others, surplus, drain, nowMs);
    for (const view of state.views) view.doubt /= 2;
  }
  adoptTruth(state, dimension, limit, source, () => used);
}

/** The numbers in a body are rounded down; the wait tells the fraction that was rounded off. */
function usedWhenRefused(
  { limit, used, requested, waitMs = 0 }: RefusedLimit,
  dimension: LimitDimension,
): number | undefined {
  if (used === undefined) return undefined;
  const byWait = limit - requested + (waitMs / windowMs[dimension]) * limit;
  return Math.min(Math.max(used, byWait), used + 1);
}

/** Takes from a bucket, or gives back when negative. */
function change(
  state: LimiterState,
  { buckets }: View,
  dimension: LimitDimension,
  amount: number,
  nowMs: number,
): void {
  const bucket = buckets[dimension];
  if (bucket === undefined) return;
  const inflow = inflowOf(state, dimension, bucket.limit, nowMs);
  buckets[dimension] = take(bucket, amount, nowMs, inflow);
}

/** The request whose answer reported the numbers, and when the answer came. */
interface TruthSource {
  readonly request: OpenRequest;
  readonly nowMs: number;
  readonly exact: boolean;
}

function adoptTruth(
  state: LimiterState,
  dimension: LimitDimension,
  reported: number,
  { request, nowMs, exact }: TruthSource,
  usedFor: (view: View) => number,
): void {
  const limit = withinOwn(state, dimension, reported);
  for (const other of state.open)
    if (other.sentAtMs <= request.sentAtMs - overtakingMs) reach(state, other, nowMs);
  for (const view of state.views) {
    const bucket = view.buckets[dimension] ?? emptyBucket(limit, windowMs[dimension], nowMs);
    view.buckets[dimension] = adopt(bucket, limit, usedFor(view), nowMs);
  }
  for (const { reached, told } of state.open) if (reached) told[dimension] = "later";
  const { rates = [0, 0], measuredAtMs = nowMs } = state.others[dimension] ?? {};
  const { ticket, sentAtMs: askedAtMs } = request;
  state.others[dimension] = { rates, measuredAtMs, toldAtMs: nowMs, ticket, askedAtMs, exact };
}

/** In milliseconds: of two requests that were sent further apart than this, the service sees the earlier one first. */
const overtakingMs = 250;

/** The header may show any moment between the sending of the request and its own arrival. */
function sighting(
  state: LimiterState,
  request: OpenRequest,
  dimension: LimitDimension,
  used: number,
  nowMs: number,
): Sighting {
  const inflow = inflowOf(state, dimension, limitOf(state, dimension) ?? 0, nowMs);
  const { toldAtMs: sinceMs = request.sentAtMs, askedAtMs = sinceMs } =
    state.others[dimension] ?? {};
  // The last report may likewise be of any moment of its own request.
  const latest = nowMs + (sinceMs - askedAtMs);
  const expected = state.views.map(({ buckets }) => {
    const bucket = buckets[dimension];
    if (bucket === undefined) return { least: 0, most: 0 };
    return {
      least: usedAt(bucket, latest, inflow),
      most: usedAt(bucket, request.sentAtMs, inflow),
    };
  });
  return { used, sinceMs, atMs: nowMs, inflow, expected };
}

function mostUsed(state: LimiterState, dimension: LimitDimension, nowMs: number): number {
  const used = trusted(state).flatMap(({ buckets }) => {
    const bucket = buckets[dimension];
    return bucket === undefined
      ? []
      : [usedAt(bucket, nowMs, inflowOf(state, dimension, bucket.limit, nowMs))];
  });
  return Math.max(0, ...used);
}

function pairs(
  reported: ReportedLimits,
): readonly (readonly [LimitDimension, { readonly limit: number; readonly remaining: number }])[] {
  return limitDimensions.flatMap((dimension) => {
    const truth = reported[dimension];
    return truth === undefined ? [] : [[dimension, truth] as const];
  });
}
