import { randomUUID } from "node:crypto";
import { workspace } from "vscode";
import type { Clock } from "../core/dispatch/clock";
import { createDispatcher } from "../core/dispatch/dispatcher";
import type { Dispatcher } from "../core/dispatch/dispatcher";
import { succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { Model } from "../core/models/model";
import { chatModels } from "../core/models/modelBook";
import { planLimits } from "../core/models/planLimits";
import type { TokenCounter } from "../core/tokens/tokenCounter";
import type { Secrets } from "../host/secrets";
import { readCaps } from "../host/settings";
import type { Settings } from "../host/settings";
import type { ModelRoom } from "../host/statusBar/meterState";
import type { StoreClient } from "../store/storeClient";
import { lazyChatModel, lazyFallbackModel } from "./lazyServices";
import { createLimiters } from "./limiters";

/** The dispatcher on its adapters, and a look at the limits that it knows. */
export interface Gate {
  readonly dispatcher: Dispatcher;
  /** What the current model has left; undefined without a key, or without the store. */
  room(): Promise<ModelRoom | undefined>;
}

export function createGate(parts: {
  readonly secrets: Secrets;
  readonly store: StoreClient;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly tokens: TokenCounter;
  readonly userAgent: string;
}): Gate {
  const { secrets, store, settings, clock, tokens, userAgent } = parts;
  const groqChat = lazyChatModel(secrets, userAgent);
  const fallbackChat = lazyFallbackModel(secrets.fallback, userAgent);
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

  const dispatcher = createDispatcher({
    chatModelFor: ({ provider }) => (provider === "groq" ? groqChat : fallbackChat),
    clock,
    ledger: store.ledger,
    tokens,
    caps: readCaps,
    chance: { next: Math.random },
    limiterFor,
    offers() {
      const { book, plan, fallback } = settings();
      const offered = chatModels(book, plan).filter(({ status }) => status === "production");
      return { models: offered, ...(fallback !== undefined && { fallback: fallback.model }) };
    },
    newId: randomUUID,
    accountFor,
    workspace: () => workspace.name ?? "",
    noteOrganization: (account, organization) => store.limits.merge(account, organization),
    holdUps: store.holdUps,
  });

  return {
    dispatcher,
    async room() {
      const { model } = settings();
      const account = await accountFor(model);
      const look = account.ok ? await limiterFor(account.value, model).look() : account;
      return look.ok ? { model: model.id, room: look.value.room } : undefined;
    },
  };
}
