import { newLimiterState } from "../../src/core/limits/limiterState";
import { createRateLimiter } from "../../src/core/limits/rateLimiter";
import type { RateLimiter } from "../../src/core/limits/rateLimiter";
import { createSharedLimiter } from "../../src/core/limits/sharedLimiter";
import type { SharedLimiter } from "../../src/core/limits/sharedLimiter";
import type { RateLimits } from "../../src/core/models/model";
import type { Clock } from "../../src/core/dispatch/clock";
import { MemoryLimitStore } from "./memoryLimitStore";

/** A limiter on a state of its own, with empty buckets. */
export function limiterWith(limits: RateLimits, nowMs = 0): RateLimiter {
  return createRateLimiter(newLimiterState(limits, nowMs));
}

/** A window's limiter of one account and model, on a store that other windows may share. */
export function sharedLimiterWith(
  limits: RateLimits,
  clock: Clock,
  store = new MemoryLimitStore(),
): SharedLimiter {
  return createSharedLimiter({
    key: { account: "a1", model: "openai/gpt-oss-120b" },
    store,
    moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
    limits: () => limits,
    ownLimits: () => ({}),
    onStoreChange: store.onChange,
  });
}

/** Another request takes this many tokens and gives nothing back. */
export function useUp(limiter: RateLimiter, tokens: number, nowMs: number): void {
  const ticket = limiter.admit({ tokens, outputCap: 0 }, nowMs);
  limiter.settle(ticket, undefined, nowMs);
}

/** The same through another window's limiter. */
export async function useUpShared(limiter: SharedLimiter, tokens: number): Promise<void> {
  await limiter.note((buckets, nowMs) => useUp(buckets, tokens, nowMs));
}
