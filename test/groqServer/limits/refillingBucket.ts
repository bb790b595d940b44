/**
 * A limit as Groq appears to keep it: what was used drains away continuously at `limit / window`,
 * rather than being forgotten at the end of a window. Inferred from twelve published error bodies,
 * most of which it reproduces to 10 ms (read 2026-10).
 */
export interface RefillingBucket {
  limit: number;
  /** What other clients of the organisation take all the time, in units per millisecond. */
  othersPerMs: number;
  /** Units in use at `now`, in milliseconds since the epoch. May exceed the limit. */
  used(now: number): number;
  /** Takes units at `now`, or gives them back when negative. */
  take(units: number, now: number): void;
}

/** An empty bucket, as full as a limit can be. */
export function createRefillingBucket(
  limit: number,
  windowMs: number,
  now: number,
): RefillingBucket {
  let units = 0;
  let drainedAt = now;

  function drainTo(time: number): void {
    const elapsed = Math.max(0, time - drainedAt);
    drainedAt = Math.max(drainedAt, time);
    const flow = bucket.othersPerMs - bucket.limit / windowMs;
    // Others are held to the same limit: their steady use fills a bucket and cannot overfill it.
    const ceiling = flow > 0 ? Math.max(units, bucket.limit) : Infinity;
    units = Math.min(ceiling, Math.max(0, units + flow * elapsed));
  }

  const bucket: RefillingBucket = {
    limit,
    othersPerMs: 0,
    used: (time) => {
      drainTo(time);
      return units;
    },
    take: (amount, time) => {
      drainTo(time);
      units = Math.max(0, units + amount);
    },
  };
  return bucket;
}

/** Milliseconds until `requested` more units fit: `(used + requested - limit) / limit * window`. */
export function waitForRefill(
  bucket: { used: number; limit: number; windowMs: number },
  requested: number,
): number {
  return ((bucket.used + requested - bucket.limit) / bucket.limit) * bucket.windowMs;
}
