import type { ModelLimits, ModelRow } from "./models/modelRow";

/** What an organisation has paid for. `custom` starts without limits and gets them from `limits`. */
export type Plan = "free" | "developer" | "custom";

/** An organisation: the owner of keys, limits, caches, files and the bill. */
export interface Organization {
  readonly id: string;
  /** Keys that begin so belong to it; the longest match wins. */
  readonly keyPrefixes: readonly string[];
  readonly plan: Plan;
  /** Limits by model id that replace those of the plan, dimension by dimension. */
  readonly limits: Readonly<Record<string, ModelLimits>>;
  /** Retired models that its contract keeps alive. */
  readonly contractModels: readonly string[];
  /** Models that the organisation has switched off (403). */
  readonly blockedModels: readonly string[];
  /** Models that the project of the key has switched off (403). */
  readonly projectBlockedModels: readonly string[];
  /** Groq has restricted it: every request answers 400. */
  readonly restricted: boolean;
  /** Monthly spend limit in picodollars, noticed late as Groq's own is. */
  readonly spendLimit?: bigint;
}

/** An organisation with the given properties and otherwise those of a fresh free account. */
export function createOrganization(given: Partial<Organization> = {}): Organization {
  return {
    id: "org_01standin0000000000000000",
    keyPrefixes: ["gsk_"],
    plan: "free",
    limits: {},
    contractModels: [],
    blockedModels: [],
    projectBlockedModels: [],
    restricted: false,
    ...given,
  };
}

/** The limits that hold for an organisation on a model. */
export function limitsOf(organization: Organization, model: ModelRow): ModelLimits {
  const own = organization.limits[model.id] ?? {};
  switch (organization.plan) {
    case "free":
      return { ...model.free, ...own };
    case "developer":
      return { ...model.developer, ...own };
    case "custom":
      return own;
  }
}
