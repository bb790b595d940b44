/** Times of one answer, in milliseconds of the server's clock. */
export interface AnswerTimes {
  readonly queueMs: number;
  readonly promptMs: number;
  readonly completionMs: number;
}

/** `usage` as Groq reports it; times in seconds. */
export interface Usage {
  readonly queue_time: number;
  readonly prompt_tokens: number;
  readonly prompt_time: number;
  readonly completion_tokens: number;
  readonly completion_time: number;
  readonly total_tokens: number;
  readonly total_time: number;
  readonly prompt_tokens_details?: { readonly cached_tokens: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens: number };
}

/** Token counts of one answer; `prompt` includes `cached`, `completion` includes `reasoning`. */
export interface TokenCounts {
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
  readonly reasoning: number;
}

/** Details are absent where they would be zero, as on Groq. */
export function usageOf(counts: TokenCounts, times: AnswerTimes): Usage {
  return {
    queue_time: times.queueMs / 1_000,
    prompt_tokens: counts.prompt,
    prompt_time: times.promptMs / 1_000,
    completion_tokens: counts.completion,
    completion_time: times.completionMs / 1_000,
    total_tokens: counts.prompt + counts.completion,
    total_time: (times.promptMs + times.completionMs) / 1_000,
    ...(counts.cached > 0 && { prompt_tokens_details: { cached_tokens: counts.cached } }),
    ...(counts.reasoning > 0 && {
      completion_tokens_details: { reasoning_tokens: counts.reasoning },
    }),
  };
}
