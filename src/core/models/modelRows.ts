import type { TokenPrice } from "../budget/price";
import type { Model, RateLimits } from "./model";

/** The user's own numbers for one model. They win over all others, but for a stricter limit that the service reports. */
export interface ModelOverrides {
  readonly limits: RateLimits;
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly price?: TokenPrice;
}

/** The user's own rows, by model id. */
export type UserRows = ReadonlyMap<string, ModelOverrides>;

/** The second, OpenAI-compatible service: its address, and the one model that is used there. */
export interface FallbackSettings {
  /** With the path of its version and without a slash at the end, e.g. `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: Model;
}

/** The row of a model of which only the id is known: usable, without price or limits. */
export function unknownModel(id: string, source: string): Model {
  return {
    id,
    provider: "groq",
    kind: "chat",
    status: "unknown",
    vocabulary: "unknown",
    reasoningEffort: false,
    source,
  };
}

/** The row with the user's numbers in place of its own. */
export function withOverrides(model: Model, overrides: ModelOverrides | undefined): Model {
  if (overrides === undefined) return model;
  const { limits, ...numbers } = overrides;
  return { ...model, ...numbers, ...(Object.keys(limits).length > 0 && { limits }) };
}
