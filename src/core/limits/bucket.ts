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

/** What of the limit is in use at `nowMs`; a clock that went back drains nothing. */
export function usedAt(bucket: Bucket, nowMs: number): number {
  const elapsed = Math.max(0, nowMs - bucket.atMs);
  return Math.max(0, bucket.used - (bucket.limit * elapsed) / bucket.windowMs);
}

/** Milliseconds until `amount` fits; 0 = now, Infinity = larger than the whole limit. */
export function waitMs(bucket: Bucket, amount: number, nowMs: number): number {
  if (amount > bucket.limit) return Number.POSITIVE_INFINITY;
  const over = usedAt(bucket, nowMs) + amount - bucket.limit;
  return over <= 0 ? 0 : Math.ceil((over / bucket.limit) * bucket.windowMs);
}

/** Takes `amount` out; also past the limit, since the server has the last word. */
export function take(bucket: Bucket, amount: number, nowMs: number): Bucket {
  return { ...bucket, used: usedAt(bucket, nowMs) + amount, atMs: nowMs };
}

/** Puts back what was taken for a request that never reached the service. */
export function giveBack(bucket: Bucket, amount: number, nowMs: number): Bucket {
  return { ...bucket, used: Math.max(0, usedAt(bucket, nowMs) - amount), atMs: nowMs };
}

/** Adopts what the server reported: its limit and what remains of it. */
export function adopt(bucket: Bucket, limit: number, remaining: number, nowMs: number): Bucket {
  return { ...bucket, limit, used: Math.max(0, limit - remaining), atMs: nowMs };
}
