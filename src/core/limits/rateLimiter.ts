import { usedAt, waitMs } from "./bucket";
import type { Bucket } from "./bucket";
import { trusted } from "./doubt";
import { countsTokens, limitDimensions, needOf } from "./limits";
import type { LimitDimension, Need, RefusedFor, RefusedLimit, ReportedLimits } from "./limits";
import type { Calibration } from "../tokens/calibration";
import type { TokensUsed } from "./hypothesis";
import type { LimiterState, OpenRequest } from "./limiterState";
import { learnFromHeaders, learnFromRefusal, learnFromUsage, reach } from "./learn";
import { inflowOf, knownUntil } from "./others";

export type Admission =
  | { readonly kind: "now" }
  /** `unknown`: the service said how long, but not for which limit. */
  | { readonly kind: "wait"; readonly ms: number; readonly dimension: LimitDimension | "unknown" }
  | { readonly kind: "never"; readonly dimension: LimitDimension; readonly limit: number };

/** A request that holds room, by its number. */
export type Ticket = number;

/**
 * The buckets of one model and account; it changes the state that it was created on. Each request is admitted once,
 * may show headers once, and ends once: settled, refused or cancelled. What comes after the end is ignored. Times are
 * monotonic milliseconds.
 */
export interface RateLimiter {
  /** Whether a request fits now, later or never, behind others, whichever of the trusted hypotheses holds. */
  forecast(need: Need, nowMs: number, ahead?: readonly Need[]): Admission;
  /** Takes the room, whether it is there or not. */
  admit(need: Need, nowMs: number): Ticket;
  /** The service has admitted the request and reported its buckets. */
  headers(ticket: Ticket, reported: ReportedLimits, nowMs: number): void;
  /** The answer is over. Without usage, everything that was reserved stays counted. */
  settle(ticket: Ticket, used: TokensUsed | undefined, nowMs: number): void;
  /**
   * The service refused for a limit: nothing was taken. Until the time that it told nothing goes, unless its numbers
   * show what could.
   */
  refused(
    ticket: Ticket,
    told: RefusedLimit | RefusedFor,
    reported: ReportedLimits,
    nowMs: number,
  ): void;
  /** The request never reached the service. */
  cancel(ticket: Ticket): void;
  /** What a request can take of each known limit at once, under the strictest of the trusted hypotheses. */
  free(nowMs: number): FreeRoom;
  /** Replaces what was learnt of the model's tokens. */
  calibrate(learn: (learnt: Calibration | undefined) => Calibration): void;
}

/** In requests or tokens. */
export type FreeRoom = {
  readonly [D in LimitDimension]?: { readonly limit: number; readonly free: number };
};

/** The most tokens that a request may need to go at once; 0 when there is no room for a request at all. */
export function tokensFree(room: FreeRoom): number {
  let tokens = Number.POSITIVE_INFINITY;
  for (const dimension of limitDimensions) {
    const free = room[dimension]?.free;
    if (free === undefined) continue;
    if (countsTokens(dimension)) tokens = Math.min(tokens, free);
    else if (free < 1) return 0;
  }
  return tokens;
}

export function createRateLimiter(state: LimiterState): RateLimiter {
  const end = (ticket: Ticket): OpenRequest | undefined => {
    const request = state.open.find((open) => open.ticket === ticket);
    state.open = state.open.filter((open) => open !== request);
    state.changes++;
    return request;
  };

  return {
    forecast: (need, now, ahead = []) => forecast(state, need, now, ahead),
    admit: (need, now) => admit(state, need, now),
    headers(ticket, reported, now) {
      const request = state.open.find((open) => open.ticket === ticket);
      if (request === undefined || request.reached) return;
      learnFromHeaders(state, request, reported, now);
      state.changes++;
    },
    settle(ticket, used, now) {
      const request = end(ticket);
      if (request === undefined) return;
      reach(state, request, now);
      if (used !== undefined) learnFromUsage(state, request, used, now);
    },
    refused(ticket, told, reported, now) {
      const changes = state.changes;
      const request = end(ticket);
      if (request === undefined) return;
      const exact = request.changesWhenSent === changes;
      const numbers = "limit" in told ? told : undefined;
      learnFromRefusal(state, numbers, reported, { request, nowMs: now, exact });
      shutUnlessExplained(state, request.need, told.waitMs ?? 0, now);
    },
    cancel: (ticket) => void end(ticket),
    free: (now) => freeRoom(state, now),
    calibrate: (learn) => void (state.calibration = learn(state.calibration)),
  };
}

function admit(state: LimiterState, need: Need, nowMs: number): Ticket {
  const alone = state.open.every(({ reached }) => reached);
  state.changes++;
  const ticket = state.nextTicket++;
  state.open.push({
    ticket,
    need,
    sentAtMs: nowMs,
    changesWhenSent: alone ? state.changes : undefined,
    reached: false,
    told: {},
    sightings: {},
  });
  return ticket;
}

/**
 * The wait that a refusal told is believed also where the buckets would let the same request go earlier: it gave no
 * numbers, or they leave out what it was refused for.
 */
function shutUnlessExplained(state: LimiterState, need: Need, toldMs: number, nowMs: number): void {
  const expected = forecast(state, need, nowMs, []);
  const expectedMs = expected.kind === "wait" ? expected.ms : 0;
  if (expected.kind !== "never" && expectedMs < toldMs) state.shutUntilMs = nowMs + toldMs;
}

function forecast(
  state: LimiterState,
  need: Need,
  nowMs: number,
  ahead: readonly Need[],
): Admission {
  const shutMs = Math.ceil((state.shutUntilMs ?? nowMs) - nowMs);
  let longest: Admission =
    shutMs > 0 ? { kind: "wait", ms: shutMs, dimension: "unknown" } : { kind: "now" };
  for (const { buckets } of trusted(state))
    for (const dimension of limitDimensions) {
      const bucket = buckets[dimension];
      if (bucket === undefined) continue;
      const ms = waitFor(state, bucket, dimension, { need, ahead }, nowMs);
      if (ms === Number.POSITIVE_INFINITY) return { kind: "never", dimension, limit: bucket.limit };
      if (ms > (longest.kind === "wait" ? longest.ms : 0))
        longest = { kind: "wait", ms, dimension };
    }
  return longest;
}

/** Milliseconds. Use by others is allowed for only as long as the measured rate is believed. */
function waitFor(
  state: LimiterState,
  bucket: Bucket,
  dimension: LimitDimension,
  { need, ahead }: { readonly need: Need; readonly ahead: readonly Need[] },
  nowMs: number,
): number {
  const inflow = inflowOf(state, dimension, bucket.limit, nowMs);
  const filled = withTravellers(state, bucket, dimension, nowMs, ahead);
  const own = needOf(need, dimension);
  const amount = Math.max(own, Math.min(bucket.limit, own + inflow * unevennessMs));
  const alone = waitMs(filled, amount, nowMs);
  if (alone === 0 || inflow === 0) return alone;
  const others = state.others[dimension];
  const until = others === undefined ? nowMs : knownUntil(others, dimension);
  return Math.min(waitMs(filled, amount, nowMs, inflow), until - nowMs + alone);
}

/** Others do not take evenly: what they would take in these milliseconds may come at once. */
const unevennessMs = 10_000;

/** The bucket as of now, including the requests that are on their way to the service or go before. */
function withTravellers(
  state: LimiterState,
  bucket: Bucket,
  dimension: LimitDimension,
  nowMs: number,
  ahead: readonly Need[] = [],
): Bucket {
  let travelling = 0;
  for (const { reached, need } of state.open) if (!reached) travelling += needOf(need, dimension);
  for (const need of ahead) travelling += needOf(need, dimension);
  const inflow = inflowOf(state, dimension, bucket.limit, nowMs);
  return { ...bucket, used: usedAt(bucket, nowMs, inflow) + travelling, atMs: nowMs };
}

function freeRoom(state: LimiterState, nowMs: number): FreeRoom {
  const room: { -readonly [D in keyof FreeRoom]: FreeRoom[D] } = {};
  for (const { buckets } of trusted(state))
    for (const dimension of limitDimensions) {
      const bucket = buckets[dimension];
      if (bucket === undefined) continue;
      const { limit, used } = withTravellers(state, bucket, dimension, nowMs);
      // As `waitFor` sees it: what a request of this size finds room for.
      const others = inflowOf(state, dimension, limit, nowMs) * unevennessMs;
      const free = used === 0 ? limit : Math.max(0, Math.floor(limit - used - others));
      room[dimension] = { limit, free: Math.min(free, room[dimension]?.free ?? free) };
    }
  return room;
}
