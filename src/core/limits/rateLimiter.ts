import type { RateLimits } from "../models/model";
import { adopt, emptyBucket, giveBack, take, usedAt, waitMs } from "./bucket";
import type { Bucket } from "./bucket";

export type LimitDimension = "rpm" | "rpd" | "tpm" | "tpd";

export type Admission =
  | { readonly kind: "now" }
  | { readonly kind: "wait"; readonly ms: number; readonly dimension: LimitDimension }
  | { readonly kind: "never"; readonly dimension: LimitDimension; readonly limit: number };

/** What response headers tell: `x-ratelimit-*-requests` is per day, `-tokens` per minute. */
export interface ReportedLimits {
  readonly rpd?: { readonly limit: number; readonly remaining: number };
  readonly tpm?: { readonly limit: number; readonly remaining: number };
}

/** The buckets of one model and account. Times are monotonic milliseconds. */
export interface RateLimiter {
  /** Whether a request of `tokens` (prompt and output cap) fits now, later or never. */
  forecast(tokens: number, nowMs: number): Admission;
  take(tokens: number, nowMs: number): void;
  /** Undoes a `take` whose request never reached the service. */
  giveBack(tokens: number, nowMs: number): void;
  /** Server truth corrects the model. */
  learn(reported: ReportedLimits, nowMs: number): void;
  /** Tokens per minute: the limit and what is free of it; undefined if no limit is known. */
  minute(nowMs: number): { readonly limit: number; readonly free: number } | undefined;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const windows: Record<LimitDimension, number> = {
  rpm: minuteMs,
  rpd: dayMs,
  tpm: minuteMs,
  tpd: dayMs,
};
const dimensions: readonly LimitDimension[] = ["rpm", "rpd", "tpm", "tpd"];

export function createRateLimiter(limits: RateLimits, nowMs: number): RateLimiter {
  const buckets = new Map<LimitDimension, Bucket>();
  for (const dimension of dimensions) {
    const limit = limits[dimension];
    if (limit !== undefined) buckets.set(dimension, emptyBucket(limit, windows[dimension], nowMs));
  }
  return {
    forecast: (tokens, now) => forecast(buckets, tokens, now),
    take(tokens, now) {
      for (const [dimension, bucket] of buckets)
        buckets.set(dimension, take(bucket, amountFor(dimension, tokens), now));
    },
    giveBack(tokens, now) {
      for (const [dimension, bucket] of buckets)
        buckets.set(dimension, giveBack(bucket, amountFor(dimension, tokens), now));
    },
    learn(reported, now) {
      for (const dimension of ["rpd", "tpm"] as const) {
        const truth = reported[dimension];
        if (truth === undefined) continue;
        const bucket = buckets.get(dimension) ?? emptyBucket(truth.limit, windows[dimension], now);
        buckets.set(dimension, adopt(bucket, truth.limit, truth.remaining, now));
      }
    },
    minute(now) {
      const bucket = buckets.get("tpm");
      if (bucket === undefined) return undefined;
      return { limit: bucket.limit, free: Math.floor(bucket.limit - usedAt(bucket, now)) };
    },
  };
}

function forecast(
  buckets: ReadonlyMap<LimitDimension, Bucket>,
  tokens: number,
  nowMs: number,
): Admission {
  let longest: Admission = { kind: "now" };
  for (const [dimension, bucket] of buckets) {
    const ms = waitMs(bucket, amountFor(dimension, tokens), nowMs);
    if (ms === Number.POSITIVE_INFINITY) return { kind: "never", dimension, limit: bucket.limit };
    if (ms > (longest.kind === "wait" ? longest.ms : 0)) longest = { kind: "wait", ms, dimension };
  }
  return longest;
}

function amountFor(dimension: LimitDimension, tokens: number): number {
  return dimension === "tpm" || dimension === "tpd" ? tokens : 1;
}
