import type { TokenPrice } from "../budget/price";

/** `replaced` rows still answer, `retired` ones do not (enterprise contracts may keep them). */
export type ModelStatus = "production" | "preview" | "replaced" | "retired";

export type ModelKind = "chat" | "moderation" | "system" | "transcription" | "speech";

/** Groq's limits of one model: requests and tokens per minute and day. Absent = not known. */
export interface RateLimits {
  readonly rpm?: number;
  readonly rpd?: number;
  readonly tpm?: number;
  readonly tpd?: number;
}

/** Who answers: Groq, or the second, OpenAI-compatible service that the user has set. */
export type ProviderId = "groq" | "fallback";

/** One row of the catalogue. Token counts are tokens; an absent field is not known. */
export interface Model {
  readonly id: string;
  readonly provider: ProviderId;
  readonly kind: ModelKind;
  readonly status: ModelStatus;
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly price?: TokenPrice;
  readonly free?: RateLimits;
  readonly developer?: RateLimits;
  /** The user's own, which win over every plan's and over what headers told. */
  readonly limits?: RateLimits;
  /** What its tokens are cut by: o200k can be counted exactly, others are estimated. */
  readonly vocabulary: "o200k" | "unknown";
  /** Takes `reasoning_effort` low, medium or high. */
  readonly reasoningEffort: boolean;
  readonly successor?: string;
  /** ISO date on which Groq retired the model for free and developer accounts. */
  readonly retiredOn?: string;
  /** Where the row was read, with its date. */
  readonly source: string;
}
