import type { Clock } from "../core/dispatch/clock";
import { createRateLimiter } from "../core/limits/rateLimiter";
import type { RateLimiter } from "../core/limits/rateLimiter";
import type { Model, RateLimits } from "../core/models/model";
import type { Plan } from "../host/settings";

/** One limiter per model and plan, with the plan's published limits until headers tell the real ones. */
export function createLimiters(clock: Clock, plan: () => Plan): (model: Model) => RateLimiter {
  const limiters = new Map<string, RateLimiter>();
  return (model) => {
    const current = plan();
    const key = `${current} ${model.id}`;
    const known = limiters.get(key);
    if (known !== undefined) return known;
    const created = createRateLimiter(publishedLimits(model, current), clock.monotonic());
    limiters.set(key, created);
    return created;
  };
}

/** Without a word from the user, the free plan's limits are the safe ones. */
function publishedLimits(model: Model, plan: Plan): RateLimits {
  switch (plan) {
    case "auto":
    case "free":
      return model.free ?? {};
    case "developer":
      return model.developer ?? model.free ?? {};
    case "enterprise":
    case "custom":
      return {};
  }
}
