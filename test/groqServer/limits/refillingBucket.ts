/**
 * A limit as Groq appears to keep it: what was used drains away continuously at `limit / window`,
 * rather than being forgotten at the end of a window. Inferred from twelve published error bodies,
 * most of which it reproduces to 10 ms (read 2026-10).
 */
export interface RefillingBucket {
  readonly limit: number;
  /** Units in use at `now`, in milliseconds since the epoch. May exceed the limit. */
  used(now: number): number;
  /** Takes units at `now`, or gives them back when negative. */
  take(units: number, now: number): void;
  /** Changes how the bucket drains from `now` on. */
  change(change: Partial<BucketFlow>, now: number): void;
}

/** What decides how fast a bucket drains. */
interface BucketFlow {
  readonly limit: number;
  /** What other clients of the organisation take all the time, in units per millisecond. */
  readonly othersPerMs: number;
}

/** An empty bucket: all of its limit is free. */
export function createRefillingBucket(
  limit: number,
  windowMs: number,
  now: number,
): RefillingBucket {
  let flow: BucketFlow = { limit, othersPerMs: 0 };
  let units = 0;
  let drainedAt = now;

  function drainTo(time: number): void {
    const elapsed = Math.max(0, time - drainedAt);
    drainedAt = Math.max(drainedAt, time);
    const unitsPerMs = flow.othersPerMs - flow.limit / windowMs;
    // Others are held to the same limit: their steady use fills a bucket and cannot overfill it.
    const ceiling = unitsPerMs > 0 ? Math.max(units, flow.limit) : Infinity;
    units = Math.min(ceiling, Math.max(0, units + unitsPerMs * elapsed));
  }

  return {
    get limit() {
      return flow.limit;
    },
    used: (time) => {
      drainTo(time);
      return units;
    },
    take: (amount, time) => {
      drainTo(time);
      units = Math.max(0, units + amount);
    },
    change: (change, time) => {
      drainTo(time);
      flow = { ...flow, ...change };
    },
  };
}

/** Milliseconds until `requested` more units fit: `(used + requested - limit) / limit * window`. */
export function waitForRefill(
  bucket: { used: number; limit: number; windowMs: number },
  requested: number,
): number {
  return ((bucket.used + requested - bucket.limit) / bucket.limit) * bucket.windowMs;
}
