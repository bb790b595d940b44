import type { Backend } from "../backend";
import { type Refusal, badRequest, isRefusal } from "../http/refusal";
import type { Admission, Claim, LimitTier } from "../limits/rateLimiter";
import type { ModelRow } from "../models/modelRow";
import type { Organization } from "../organization";
import type { Switches } from "../switches";
import { type ChatRequest, outputCap } from "./chatRequest";

/** A chat request before the limits, with its prompt counted. */
export interface ChatClaim {
  readonly chat: ChatRequest;
  readonly model: ModelRow;
  readonly organization: Organization;
  /** Tokens; `cached` is part of `prompt`. */
  readonly input: { readonly prompt: number; readonly cached: number };
}

/** Where a request was admitted. */
export interface Place {
  readonly admission: Admission;
  /** As the answer's `service_tier` tells it. */
  readonly tier: LimitTier | "performance";
  /** Output tokens that were counted at admission. */
  readonly reservedOutput: number;
}

/**
 * Admits a request on the service tier that it asks for: on_demand when it asks for none, `auto` on
 * on_demand and then on flex; flex on paid plans only (flex page, read 2026-10). Admission counts the
 * prompt and the whole output cap up front, as published refusals show.
 */
export function admitChat(backend: Backend, claim: ChatClaim): Place | Refusal {
  const paid = claim.organization.plan !== "free";
  const tier = claim.chat.service_tier ?? "on_demand";
  switch (tier) {
    case "on_demand":
      return admitOn(backend, claim, "on_demand");
    case "auto": {
      const place = admitOn(backend, claim, "on_demand");
      if (!isRefusal(place) || !paid || backend.switches.flexCapacity === "full") return place;
      return admitOn(backend, claim, "flex");
    }
    case "flex":
      if (!paid) return tierUnavailable("flex");
      return backend.switches.flexCapacity === "full"
        ? capacityExceeded
        : admitOn(backend, claim, "flex");
    case "performance": {
      if (claim.organization.plan !== "custom") return tierUnavailable("performance");
      const place = admitOn(backend, claim, "on_demand");
      return isRefusal(place) ? place : { ...place, tier: "performance" };
    }
  }
}

function admitOn(backend: Backend, claim: ChatClaim, tier: LimitTier): Place | Refusal {
  const { prompt, cached } = claim.input;
  const discount = backend.switches.cachedTokens === "refundedAtAdmission" ? cached : 0;
  const reserved = reservedOutput(claim, backend.switches.omittedCap);
  const limits: Claim = {
    organization: claim.organization,
    model: claim.model,
    tier,
    inputTokens: prompt - discount,
    outputTokens: reserved,
    audioSeconds: 0,
  };
  const admission = backend.limiter.admit(limits);
  return isRefusal(admission) ? admission : { admission, tier, reservedOutput: reserved };
}

function reservedOutput(claim: ChatClaim, omitted: Switches["omittedCap"]): number {
  const cap = outputCap(claim.chat);
  if (cap !== undefined) return cap;
  switch (omitted) {
    case "nothing":
      return 0;
    case "modelMaximum":
      return claim.model.maxCompletionTokens;
    case "contextRemainder":
      return Math.max(0, claim.model.contextWindow - claim.input.prompt);
  }
}

/** Status and `capacity_exceeded` are documented, the words are not quoted anywhere. */
const capacityExceeded: Refusal = {
  kind: "refusal",
  status: 498,
  error: {
    message: "Flex tier capacity exceeded. Please retry with jittered backoff.",
    type: "capacity_exceeded",
    code: "capacity_exceeded",
  },
};

function tierUnavailable(tier: string): Refusal {
  return badRequest(`service_tier \`${tier}\` is not available for this organization`, {
    param: "service_tier",
  });
}
