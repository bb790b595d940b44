import type { RateLimits } from "../models/model";
import { usedAt, waitMs } from "./bucket";
import type { Bucket } from "./bucket";
import { trusted } from "./doubt";
import { limitDimensions, needOf } from "./limits";
import type { LimitDimension, Need, ReportedLimits, ToldLimit } from "./limits";
import type { TokensUsed } from "./hypothesis";
import { newLimiterState } from "./limiterState";
import type { LimiterState, OpenRequest } from "./limiterState";
import { learnFromHeaders, learnFromRefusal, learnFromUsage, reach } from "./learn";
import { inflowOf, knownUntil } from "./others";

export type Admission =
  | { readonly kind: "now" }
  | { readonly kind: "wait"; readonly ms: number; readonly dimension: LimitDimension }
  | { readonly kind: "never"; readonly dimension: LimitDimension; readonly limit: number };

/** A request that holds room, by its number. */
export type Ticket = number;

/**
 * The buckets of one model and account. Each request is admitted once, may show headers once, and ends once:
 * settled, refused or cancelled; what comes after the end is ignored. Times are monotonic milliseconds.
 */
export interface RateLimiter {
  /** Whether a request fits now, later or never, whichever of the trusted hypotheses holds. */
  forecast(need: Need, nowMs: number): Admission;
  /** Takes the room, whether it is there or not. */
  admit(need: Need, nowMs: number): Ticket;
  /** The service has admitted the request and told how its buckets are. */
  headers(ticket: Ticket, reported: ReportedLimits, nowMs: number): void;
  /** The answer is over. Without usage all that was reserved stays counted. */
  settle(ticket: Ticket, used: TokensUsed | undefined, nowMs: number): void;
  /** The service refused for a limit: nothing was taken. */
  refused(ticket: Ticket, told: ToldLimit, reported: ReportedLimits, nowMs: number): void;
  /** The request never reached the service. */
  cancel(ticket: Ticket, nowMs: number): void;
  /** Tokens per minute: the limit and what is free of it; undefined if no limit is known. */
  minute(nowMs: number): { readonly limit: number; readonly free: number } | undefined;
  /** Calls `listener` whenever there may be more room than a forecast said; returns what ends that. */
  onChange(listener: () => void): () => void;
}

export function createRateLimiter(limits: RateLimits, nowMs: number): RateLimiter {
  const state = newLimiterState(limits, nowMs);
  const listeners = new Set<() => void>();

  const end = (ticket: Ticket): OpenRequest | undefined => {
    const request = state.open.find((open) => open.ticket === ticket);
    state.open = state.open.filter((open) => open !== request);
    return request;
  };
  const changed = (): void => {
    state.changes++;
    for (const listener of listeners) listener();
  };

  return {
    forecast: (need, now) => forecast(state, need, now),
    admit: (need, now) => admit(state, need, now),
    headers(ticket, reported, now) {
      const request = state.open.find((open) => open.ticket === ticket);
      if (request === undefined || request.reached) return;
      learnFromHeaders(state, request, reported, now);
      changed();
    },
    settle(ticket, used, now) {
      const request = end(ticket);
      if (request === undefined) return;
      reach(state, request, now);
      if (used !== undefined) learnFromUsage(state, request, used, now);
      changed();
    },
    refused(ticket, told, reported, now) {
      const request = end(ticket);
      if (request === undefined) return;
      const exact = request.changesWhenSent === state.changes;
      learnFromRefusal(state, told, reported, { request, nowMs: now, exact });
      changed();
    },
    cancel(ticket) {
      end(ticket);
      changed();
    },
    minute(now) {
      const free = trusted(state).flatMap(({ buckets }) => {
        const used = buckets.tpm && withTravellers(state, buckets.tpm, "tpm", now);
        return used === undefined ? [] : [{ limit: used.limit, free: used.limit - used.used }];
      });
      const [first] = free.toSorted((a, b) => a.free - b.free);
      return first && { limit: first.limit, free: Math.floor(first.free) };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
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

function forecast(state: LimiterState, need: Need, nowMs: number): Admission {
  let longest: Admission = { kind: "now" };
  for (const { buckets } of trusted(state))
    for (const dimension of limitDimensions) {
      const bucket = buckets[dimension];
      if (bucket === undefined) continue;
      const ms = waitFor(state, bucket, dimension, need, nowMs);
      if (ms === Number.POSITIVE_INFINITY) return { kind: "never", dimension, limit: bucket.limit };
      if (ms > (longest.kind === "wait" ? longest.ms : 0))
        longest = { kind: "wait", ms, dimension };
    }
  return longest;
}

/** What others take is allowed for only as long as it is known. */
function waitFor(
  state: LimiterState,
  bucket: Bucket,
  dimension: LimitDimension,
  need: Need,
  nowMs: number,
): number {
  const filled = withTravellers(state, bucket, dimension, nowMs);
  const amount = needOf(need, dimension);
  const alone = waitMs(filled, amount, nowMs);
  const inflow = inflowOf(state, dimension, bucket.limit, nowMs);
  if (alone === 0 || inflow === 0) return alone;
  const others = state.others[dimension];
  const until = others === undefined ? nowMs : knownUntil(others, dimension);
  return Math.min(waitMs(filled, amount, nowMs, inflow), until - nowMs + alone);
}

/** The bucket as of now, with the requests that are on their way to the service. */
function withTravellers(
  state: LimiterState,
  bucket: Bucket,
  dimension: LimitDimension,
  nowMs: number,
): Bucket {
  let travelling = 0;
  for (const { reached, need } of state.open) if (!reached) travelling += needOf(need, dimension);
  const inflow = inflowOf(state, dimension, bucket.limit, nowMs);
  return { ...bucket, used: usedAt(bucket, nowMs, inflow) + travelling, atMs: nowMs };
}
