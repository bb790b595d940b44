import { randomUUID } from "node:crypto";
import { workspace } from "vscode";
import { createDispatcher } from "../core/dispatch/dispatcher";
import type { Dispatcher } from "../core/dispatch/dispatcher";
import { chatModels } from "../core/models/modelBook";
import { lazyChatModel, lazyFallbackModel } from "./lazyServices";
import type { Services } from "./services";

/** The dispatcher on its adapters. */
export function createGate(services: Services): Dispatcher {
  const { secrets, store, settings, clock, tokens, limits, raise, userAgent } = services;
  const groqChat = lazyChatModel(secrets, userAgent);
  const fallbackChat = lazyFallbackModel(secrets.fallback, userAgent);
  return createDispatcher({
    chatModelFor: ({ provider }) => (provider === "groq" ? groqChat : fallbackChat),
    clock,
    ledger: store.ledger,
    tokens,
    caps: () => raise.caps(),
    chance: { next: Math.random },
    limiterFor: limits.limiterFor,
    offers() {
      const { book, plan, fallback } = settings();
      const offered = chatModels(book, plan).filter(({ status }) => status === "production");
      return { models: offered, ...(fallback !== undefined && { fallback: fallback.model }) };
    },
    newId: randomUUID,
    accountFor: limits.accountFor,
    workspace: () => workspace.name ?? "",
    noteOrganization: (account, organization) => store.limits.merge(account, organization),
    holdUps: store.holdUps,
  });
}
