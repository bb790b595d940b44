import type { TokenPrice } from "../budget/price";

/**
 * `replaced` models still answer, `retired` ones do not (enterprise contracts may keep them); of `unknown` ones
 * only the name is known.
 */
export type ModelStatus = "production" | "preview" | "replaced" | "retired" | "unknown";

/** Groq's limits of one model: requests and tokens per minute and day. Absent = not known. */
export interface RateLimits {
  readonly rpm?: number;
  readonly rpd?: number;
  readonly tpm?: number;
  readonly tpd?: number;
}

/** Who answers: Groq, or the second, OpenAI-compatible service that the user has set. */
export type ProviderId = "groq" | "fallback";

/** What every row of the catalogue has, whatever the model takes and gives. An absent field is not known. */
export interface ModelFacts {
  readonly id: string;
  readonly status: ModelStatus;
  readonly free?: RateLimits;
  readonly developer?: RateLimits;
  /** The replacement that Groq names, or that we would choose. */
  readonly successor?: string;
  /** ISO date on which Groq retired the model for free and developer accounts. */
  readonly retiredOn?: string;
  /** Whether the account's own list (`GET /models`) has it; absent until a list has been read. */
  readonly listed?: boolean;
  /** Where the row was read, with its date. */
  readonly source: string;
}

/** A model that is asked by chat completions. Token counts are tokens. */
export interface Model extends ModelFacts {
  readonly provider: ProviderId;
  /** Only `chat` models are offered; `moderation` models classify, a `system` calls others, `audio` is not for text. */
  readonly kind: "chat" | "moderation" | "system" | "audio";
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly price?: TokenPrice;
  /** The user's own, which win over every plan's; what the service reports counts where it is stricter. */
  readonly limits?: RateLimits;
  /** Its tokenizer's vocabulary: o200k is counted exactly, others are estimated. */
  readonly vocabulary: "o200k" | "unknown";
  /** Takes `reasoning_effort` low, medium or high. */
  readonly reasoningEffort: boolean;
  readonly abilities?: Abilities;
  /** Tokens a second, as published. */
  readonly tokensPerSecond?: number;
}

/** What a model can do beyond text, as far as Groq says; absent = not known. */
export interface Abilities {
  readonly tools?: boolean;
  readonly parallelTools?: boolean;
  readonly images?: boolean;
  /** Answers can be constrained to a JSON schema; not together with streaming or tools. */
  readonly strictJson?: boolean;
  /** A repeated beginning of the prompt is billed at the cached price. */
  readonly promptCaching?: boolean;
  /** Tools that Groq runs by itself, for a fee. */
  readonly builtInTools?: readonly BuiltInTool[];
}

export type BuiltInTool = "browser_search" | "code_interpreter";
