import type { Refusal } from "../http/refusal";
import type { ModelLimits, ModelRow } from "../models/modelRow";
import { type Organization, limitsOf } from "../organization";
import type { Switches } from "../switches";
import type { Clock } from "../time/clock";
import { formatGoDuration } from "../time/goDuration";
import { type Consumption, type Dimension, consumed, dimensions } from "./dimension";
import { type RefillingBucket, createRefillingBucket } from "./refillingBucket";
import { rateLimitReached, requestTooLarge } from "./rateLimitRefusal";

/** The set of limits a request counts against: flex has its own, ten times as wide. */
export type LimitTier = "on_demand" | "flex";

/** A request at the gate. */
export interface Claim extends Consumption {
  readonly organization: Organization;
  readonly model: ModelRow;
  readonly tier: LimitTier;
}

/** A request that has passed the gate and holds what it claimed. */
export interface Admission {
  readonly kind: "admission";
  /** The `x-ratelimit-*` headers, of the moment that the switch `rateLimitHeaders` names. */
  headers(): Record<string, string>;
  /** Replaces what was claimed by what was consumed in the end. Counts once. */
  settle(actual: Consumption): void;
}

/** Limits of all organisations and models, in memory. */
export interface RateLimiter {
  admit(claim: Claim): Admission | Refusal;
  /** Replaces the given limits from `at` on; an earlier or present time takes effect at once. */
  changeLimits(organization: Organization, model: ModelRow, limits: ModelLimits, at: number): void;
  /** Other clients of the organisation take something, once. */
  useElsewhere(organization: Organization, model: ModelRow, taken: Partial<ElsewhereUse>): void;
  /** Other clients of the organisation take something every minute from now on. */
  useElsewhereSteadily(
    organization: Organization,
    model: ModelRow,
    perMinute: Partial<ElsewhereUse>,
  ): void;
}

/** What clients other than those of this server consume. */
export interface ElsewhereUse extends Consumption {
  readonly requests: number;
}

interface LimitChange {
  readonly at: number;
  readonly limits: ModelLimits;
}

interface Meter {
  readonly buckets: Map<Dimension, RefillingBucket>;
  /** Not yet in force, in the order of their times. */
  changes: readonly LimitChange[];
}

const flexFactor = 10;

export function createRateLimiter(clock: Clock, switches: Switches): RateLimiter {
  const meters = new Map<string, Meter>();

  function meterOf(organization: Organization, model: ModelRow, tier: LimitTier): Meter {
    const key = `${organization.id} ${model.id} ${tier}`;
    const meter = meters.get(key) ?? { buckets: new Map(), changes: [] };
    if (!meters.has(key)) {
      meters.set(key, meter);
      applyLimits(meter, limitsOf(organization, model), clock.now(), tier);
    }
    applyDueChanges(meter, tier);
    return meter;
  }

  function applyDueChanges(meter: Meter, tier: LimitTier): void {
    const due = meter.changes.filter(({ at }) => at <= clock.now());
    for (const { limits, at } of due) applyLimits(meter, limits, at, tier);
    meter.changes = meter.changes.slice(due.length);
  }

  function admit(claim: Claim): Admission | Refusal {
    const meter = meterOf(claim.organization, claim.model, claim.tier);
    const headersBefore = rateLimitHeaders(meter, clock.now());
    const refusal = findRefusal(meter, claim);
    if (refusal !== undefined) {
      return { ...refusal, headers: { ...headersBefore, ...refusal.headers } };
    }
    take(meter, (dimension) => consumed(dimension.name, claim));
    const headersAfter = rateLimitHeaders(meter, clock.now());
    let held: Consumption = claim;
    return {
      kind: "admission",
      headers: () => {
        switch (switches.rateLimitHeaders) {
          case "beforeAdmission":
            return headersBefore;
          case "afterAdmission":
            return headersAfter;
          case "afterSettlement":
            return rateLimitHeaders(meter, clock.now());
        }
      },
      settle: (actual) => {
        take(meter, ({ name }) => consumed(name, actual) - consumed(name, held));
        held = actual;
      },
    };
  }

  function findRefusal(meter: Meter, claim: Claim): Refusal | undefined {
    const limits = [...meter.buckets].map(([dimension, bucket]) => ({
      model: claim.model.id,
      organization: claim.organization.id,
      tier: claim.tier,
      dimension,
      limit: bucket.limit,
      // Rounded up, so that whoever waits as long as the message says is admitted.
      used: Math.ceil(bucket.used(clock.now()) - roundingSlack),
      requested: Math.ceil(consumed(dimension.name, claim)),
    }));
    const tooLarge = limits.find(({ requested, limit }) => requested > limit);
    if (tooLarge !== undefined) return requestTooLarge(tooLarge, switches.rateLimitWording);
    const full = limits.find(({ used, requested, limit }) => used + requested > limit);
    return full === undefined ? undefined : rateLimitReached(full, switches.rateLimitWording);
  }

  function take(meter: Meter, units: (dimension: Dimension) => number): void {
    for (const [dimension, bucket] of meter.buckets) bucket.take(units(dimension), clock.now());
  }

  return {
    admit,
    changeLimits: (organization, model, limits, at) => {
      for (const tier of ["on_demand", "flex"] as const) {
        const meter = meterOf(organization, model, tier);
        meter.changes = [...meter.changes, { at, limits }].toSorted((a, b) => a.at - b.at);
        applyDueChanges(meter, tier);
      }
    },
    useElsewhere: (organization, model, taken) => {
      const use = { ...nothing, ...taken };
      take(meterOf(organization, model, "on_demand"), ({ name }) => elsewhereUnits(name, use));
    },
    useElsewhereSteadily: (organization, model, perMinute) => {
      const use = { ...nothing, ...perMinute };
      for (const [{ name }, bucket] of meterOf(organization, model, "on_demand").buckets) {
        bucket.change({ othersPerMs: elsewhereUnits(name, use) / 60_000 }, clock.now());
      }
    },
  };
}

// Draining leaves 1e-9 of a unit where the exact result is a whole number.
const roundingSlack = 1e-6;

const nothing: ElsewhereUse = { requests: 0, inputTokens: 0, outputTokens: 0, audioSeconds: 0 };

function elsewhereUnits(name: Dimension["name"], use: ElsewhereUse): number {
  return name === "rpm" || name === "rpd" ? use.requests : consumed(name, use);
}

/** Sets the limit of each dimension from `time` on; what is in use stays in use. */
function applyLimits(meter: Meter, limits: ModelLimits, time: number, tier: LimitTier): void {
  for (const dimension of dimensions) {
    const limit = limits[dimension.name];
    if (limit === undefined) continue;
    const scaled = tier === "flex" ? limit * flexFactor : limit;
    const bucket = meter.buckets.get(dimension);
    if (bucket === undefined) {
      meter.buckets.set(dimension, createRefillingBucket(scaled, dimension.windowMs, time));
    } else {
      bucket.change({ limit: scaled }, time);
    }
  }
}

/** Groq reports only the day's requests and the minute's tokens (rate-limit page, read 2026-10). */
function rateLimitHeaders(meter: Meter, now: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [dimension, bucket] of meter.buckets) {
    if (dimension.name !== "rpd" && dimension.name !== "tpm") continue;
    const shown = dimension.name === "rpd" ? "requests" : "tokens";
    const used = Math.max(0, bucket.used(now) - roundingSlack);
    const resetMs = Math.round((used / bucket.limit) * dimension.windowMs);
    headers[`x-ratelimit-limit-${shown}`] = String(bucket.limit);
    headers[`x-ratelimit-remaining-${shown}`] = String(
      Math.max(0, Math.floor(bucket.limit - used)),
    );
    headers[`x-ratelimit-reset-${shown}`] = formatGoDuration(resetMs);
  }
  return headers;
}
