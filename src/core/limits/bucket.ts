/**
 * A continuously refilling bucket, as Groq's limits behave (inferred from published 429 bodies:
 * wait = (used + requested - limit) / limit * window). `used` holds as of `atMs` and drains from there.
 */
export interface Bucket {
  readonly limit: number;
  readonly windowMs: number;
  readonly used: number;
  readonly atMs: number;
}

export function emptyBucket(limit: number, windowMs: number, nowMs: number): Bucket {
  return { limit, windowMs, used: 0, atMs: nowMs };
}

/**
 * How much of the limit is in use at `nowMs`, if others keep taking `inflow` units a millisecond; a clock that
 * went back drains nothing.
 */
export function usedAt(bucket: Bucket, nowMs: number, inflow = 0): number {
  const elapsed = Math.max(0, nowMs - bucket.atMs);
  return Math.max(0, bucket.used - (bucket.limit / bucket.windowMs - inflow) * elapsed);
}

/** Milliseconds until `amount` fits; 0 = now, Infinity = larger than the whole limit. */
export function waitMs(bucket: Bucket, amount: number, nowMs: number, inflow = 0): number {
  if (amount > bucket.limit) return Number.POSITIVE_INFINITY;
  const over = usedAt(bucket, nowMs, inflow) + amount - bucket.limit;
  // Draining leaves rounding errors of billionths of a unit.
  if (over <= roundingSlack) return 0;
  return Math.ceil(over / (bucket.limit / bucket.windowMs - inflow));
}

const roundingSlack = 1e-6;

/** Takes `amount`, or gives it back when negative; even past the limit, since the server has the last word. */
export function take(bucket: Bucket, amount: number, nowMs: number, inflow = 0): Bucket {
  const used = Math.max(0, usedAt(bucket, nowMs, inflow) + amount);
  return { ...bucket, used, atMs: Math.max(nowMs, bucket.atMs) };
}

/** Adopts what the server reported: its limit and what is used of it. */
export function adopt(bucket: Bucket, limit: number, used: number, nowMs: number): Bucket {
  return { ...bucket, limit, used: Math.max(0, used), atMs: nowMs };
}
