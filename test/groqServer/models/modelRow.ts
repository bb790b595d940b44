/** Limits of one organisation on one model. An absent dimension is not limited. */
export interface ModelLimits {
  /** Requests per minute. */
  readonly rpm?: number;
  /** Requests per day. */
  readonly rpd?: number;
  /** Tokens per minute, input and output together. */
  readonly tpm?: number;
  /** Tokens per day, input and output together. */
  readonly tpd?: number;
  /** Input tokens per minute. */
  readonly itpm?: number;
  /** Output tokens per minute. */
  readonly otpm?: number;
  /** Audio seconds per hour. */
  readonly ash?: number;
  /** Audio seconds per day. */
  readonly asd?: number;
}

/** Prices in picodollars (10^-12 USD), so that a price per token is a whole number. */
export type ModelPrice =
  | {
      readonly per: "token";
      readonly input: bigint;
      /** Absent: cached input costs as much as other input. */
      readonly cachedInput?: bigint;
      readonly output: bigint;
    }
  | { readonly per: "audioHour"; readonly hour: bigint; readonly minimumSeconds: number }
  | { readonly per: "unknown" };

/** What a model does with `reasoning_effort` and its kin. */
type ReasoningSupport =
  /** gpt-oss: low, medium, high; `include_reasoning`; no `reasoning_format`. */
  | "effort"
  /** qwen: none, default; `reasoning_format` parsed, raw, hidden. */
  | "toggle"
  | "none";

/** A tool that Groq runs by itself during a completion. */
export type BuiltInTool = "browser_search" | "code_interpreter";

/** One model as the server plays it. */
export interface ModelRow {
  readonly id: string;
  readonly kind: "chat" | "moderation" | "transcription" | "speech" | "system";
  readonly status: "production" | "preview" | "retired";
  readonly ownedBy: string;
  /** Tokens that prompt and completion may have together. */
  readonly contextWindow: number;
  /** The largest `max_completion_tokens` that is accepted. */
  readonly maxCompletionTokens: number;
  readonly price: ModelPrice;
  readonly free: ModelLimits;
  readonly developer: ModelLimits;
  /** Tokens generated per second when the server paces by model. */
  readonly tokensPerSecond: number;
  readonly promptCaching: boolean;
  readonly reasoning: ReasoningSupport;
  readonly parallelToolCalls: boolean;
  readonly builtInTools: readonly BuiltInTool[];
  readonly jsonSchema: boolean;
  readonly translates: boolean;
}
