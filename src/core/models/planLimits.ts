import type { Model, RateLimits } from "./model";

/** Whose published limits apply; `auto` goes by what headers report. */
export type Plan = "auto" | "free" | "developer" | "enterprise" | "custom";

/** The limits that headers name: requests per day and tokens per minute. */
export type HeaderLimits = Pick<RateLimits, "rpd" | "tpm">;

/**
 * The limits to begin with: the user's own, else the plan's. `auto` assumes the free plan, which is safe, until
 * headers show another plan's limits; `told` is empty until headers have come.
 */
export function planLimits(model: Model, plan: Plan, told: HeaderLimits = {}): RateLimits {
  return { ...publishedLimits(model, plan, told), ...model.limits };
}

function publishedLimits(model: Model, plan: Plan, told: HeaderLimits): RateLimits {
  switch (plan) {
    case "auto":
      return limitsToldBy(model, told);
    case "free":
      return model.free ?? {};
    case "developer":
      return model.developer ?? model.free ?? {};
    case "enterprise":
    case "custom":
      return {};
  }
}

/** Which plan's limits are used, and why. */
export type PlanEvidence =
  | { readonly kind: "set"; readonly plan: Exclude<Plan, "auto"> }
  | {
      readonly kind: "recognised";
      readonly plan: "free" | "developer";
      /** The headers that agree with what the plan publishes. */
      readonly told: HeaderLimits;
    }
  /** Limits that no plan publishes. */
  | { readonly kind: "ownLimits"; readonly told: HeaderLimits }
  /** No header has reported anything yet: the free plan's limits are safe. */
  | { readonly kind: "assumedFree" };

export function planEvidence(
  model: Pick<Model, "free" | "developer">,
  plan: Plan,
  told: HeaderLimits,
): PlanEvidence {
  if (plan !== "auto") return { kind: "set", plan };
  if (told.tpm === undefined && told.rpd === undefined) return { kind: "assumedFree" };
  const recognised = recognisePlan(model, told);
  return recognised === undefined
    ? { kind: "ownLimits", told }
    : { kind: "recognised", plan: recognised, told };
}

/** The plan whose published limits the headers report, if there is one. */
export function recognisePlan(
  { free, developer }: Pick<Model, "free" | "developer">,
  told: HeaderLimits,
): "free" | "developer" | undefined {
  if (told.tpm === undefined && told.rpd === undefined) return undefined;
  if (free !== undefined && agrees(free, told)) return "free";
  return developer !== undefined && agrees(developer, told) ? "developer" : undefined;
}

/**
 * The limits that the headers suggest. For an account with limits of its own above the free plan's, those without a
 * header (RPM, TPD) are unknown until a refusal reports them.
 */
function limitsToldBy(model: Model, told: HeaderLimits): RateLimits {
  const { free = {}, developer } = model;
  switch (recognisePlan(model, told)) {
    case "free":
      return free;
    case "developer":
      return { ...developer, ...told };
    case undefined:
      return isAbove(free, told) ? told : { ...free, ...told };
  }
}

function agrees(published: RateLimits, told: HeaderLimits): boolean {
  return (["rpd", "tpm"] as const).every(
    (dimension) =>
      published[dimension] === undefined ||
      told[dimension] === undefined ||
      published[dimension] === told[dimension],
  );
}

function isAbove(published: RateLimits, told: HeaderLimits): boolean {
  return (["rpd", "tpm"] as const).some(
    (dimension) => (told[dimension] ?? 0) > (published[dimension] ?? Number.POSITIVE_INFINITY),
  );
}
