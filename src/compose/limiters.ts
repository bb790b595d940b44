import type { LimitStore } from "../core/limits/limitStore";
import { createSharedLimiter } from "../core/limits/sharedLimiter";
import type { SharedLimiter } from "../core/limits/sharedLimiter";
import type { Moment } from "../core/limits/storedState";
import type { Model, RateLimits } from "../core/models/model";
import type { HeaderLimits } from "../core/models/planLimits";

/** One limiter per account and model; windows share what each knows through the store. */
export function createLimiters(parts: {
  readonly store: LimitStore;
  readonly moment: () => Moment;
  readonly onStoreChange: (listener: () => void) => () => void;
  /** The limits that are set or published for a model, given what headers have reported so far. */
  readonly limitsOf: (model: Model, told: HeaderLimits) => RateLimits;
}): (account: string, model: Model) => SharedLimiter {
  const { store, moment, limitsOf, onStoreChange } = parts;
  const limiters = new Map<string, { readonly limiter: SharedLimiter; newest: Model }>();
  return (account, model) => {
    const name = JSON.stringify([account, model.id]);
    const known = limiters.get(name);
    if (known !== undefined) {
      // The user may have set other limits since.
      known.newest = model;
      return known.limiter;
    }
    const limiter = createSharedLimiter({
      key: { account, model: model.id },
      store,
      moment,
      limits: (told) => limitsOf(created.newest, told),
      ownLimits: () => created.newest.limits ?? {},
      onStoreChange,
    });
    const created = { limiter, newest: model };
    limiters.set(name, created);
    return limiter;
  };
}
