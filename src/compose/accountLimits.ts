import type { Clock } from "../core/dispatch/clock";
import { succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import { limitDimensions } from "../core/limits/limits";
import type { FreeRoom } from "../core/limits/rateLimiter";
import type { Look, SharedLimiter } from "../core/limits/sharedLimiter";
import type { Model, RateLimits } from "../core/models/model";
import { planEvidence, planLimits } from "../core/models/planLimits";
import type { Secrets } from "../host/secrets";
import type { Settings } from "../host/settings";
import type { ModelRoom } from "../host/statusBar/meterState";
import type { StoreClient } from "../store/storeClient";
import { createLimiters } from "./limiters";

/** The limits of the accounts whose keys are set. */
export interface AccountLimits {
  /** The account whose key is used for a model. */
  accountFor(model: Model): Promise<Result<string>>;
  limiterFor(account: string, model: Model): SharedLimiter;
  /** What a model has left; undefined without a key, or without the store. */
  room(model: Model): Promise<ModelRoom | undefined>;
  /** What is known of a model's limits: the account's, or the plan's without a key or the store. */
  limitsOf(model: Model): Promise<RateLimits>;
  /** The same as of the last look. */
  limitsAtLastLook(model: Model): RateLimits;
  /** What has been learnt of a model's limits; undefined without a key, or without the store. */
  lookAt(model: Model): Promise<Look | undefined>;
}

export function createAccountLimits(parts: {
  readonly secrets: Secrets;
  readonly store: Pick<StoreClient, "limits" | "onChange">;
  readonly settings: () => Settings;
  readonly clock: Clock;
}): AccountLimits {
  const { secrets, store, settings, clock } = parts;
  const limiterFor = createLimiters({
    store: store.limits,
    onStoreChange: store.onChange,
    moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
    limitsOf: (model, told) => planLimits(model, settings().plan, told),
  });

  async function accountFor({ provider }: Model): Promise<Result<string>> {
    const keys = provider === "groq" ? secrets : secrets.fallback;
    const credentials = await keys.credentials();
    return credentials.ok ? succeed(credentials.value.account) : credentials;
  }

  const seen = new Map<string, RateLimits>();

  async function lookAt(model: Model): Promise<Look | undefined> {
    const account = await accountFor(model);
    const look = account.ok ? await limiterFor(account.value, model).look() : account;
    if (!look.ok) {
      seen.delete(nameOf(model));
      return undefined;
    }
    seen.set(nameOf(model), limitsIn(look.value.room));
    return look.value;
  }

  const limitsAtLastLook = (model: Model): RateLimits =>
    seen.get(nameOf(model)) ?? planLimits(model, settings().plan);

  async function roomOf(model: Model): Promise<ModelRoom | undefined> {
    const look = await lookAt(model);
    if (look === undefined) return undefined;
    const { room, told } = look;
    const plan = planEvidence(model, settings().plan, told);
    return { model: model.id, room, ...(model.provider === "groq" && { plan }) };
  }

  return {
    accountFor,
    limiterFor,
    room: roomOf,
    async limitsOf(model) {
      await lookAt(model);
      return limitsAtLastLook(model);
    },
    limitsAtLastLook,
    lookAt,
  };
}

/** Another service may have a model of the same id. */
function nameOf({ provider, id }: Model): string {
  return `${provider} ${id}`;
}

function limitsIn(room: FreeRoom): RateLimits {
  const limits: { -readonly [D in keyof RateLimits]: RateLimits[D] } = {};
  for (const dimension of limitDimensions) {
    const known = room[dimension];
    if (known !== undefined) limits[dimension] = known.limit;
  }
  return limits;
}
