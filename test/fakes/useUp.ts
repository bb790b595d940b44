import type { RateLimiter } from "../../src/core/limits/rateLimiter";

/** Another request takes so many tokens and gives nothing back. */
export function useUp(limiter: RateLimiter, tokens: number, nowMs: number): void {
  const ticket = limiter.admit({ tokens, outputCap: 0 }, nowMs);
  limiter.settle(ticket, undefined, nowMs);
}
