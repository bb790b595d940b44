import { expect } from "vitest";
import type { ChatRequest } from "../../../src/core/dispatch/chatModel";
import type { Failure } from "../../../src/core/dispatch/failure";
import type { GroqServer } from "../../groqServer/groqServer";
import type { GroqServerOptions } from "../../groqServer/groqServerOptions";
import type { SwitchName, Switches } from "../../groqServer/switches";
import { request } from "./services";

/** One setting of one switch: what is asked of the stand-in, and what the client must make of it. */
export interface SwitchCase {
  readonly options?: GroqServerOptions;
  readonly given?: Partial<ChatRequest>;
  readonly userAgent?: string;
  prepare?(running: GroqServer): void;
  readonly expected: "complete" | Failure["kind"];
  readonly detail?: Partial<Extract<Failure, { kind: "rateLimited" }>>;
}

type Cases = { readonly [Name in SwitchName]: { readonly [Value in Switches[Name]]: SwitchCase } };

const complete: SwitchCase = { expected: "complete" };
const retired: SwitchCase = { given: { model: "llama-3.3-70b-versatile" }, expected: "modelGone" };
const flex: Pick<SwitchCase, "options" | "given"> = {
  options: { plan: "developer" },
  given: { serviceTier: "flex" },
};
const blocked: SwitchCase = {
  options: { organizations: [{ spendLimit: 0n }] },
  expected: "spendLimitReached",
};
const isNumbered = { dimension: "tpm", told: expect.anything() } as const;
const limited: SwitchCase = {
  options: { limits: { [request.model]: { tpm: 1000 } } },
  prepare: (running) => running.useElsewhere(request.model, { inputTokens: 900 }),
  expected: "rateLimited",
  detail: isNumbered,
};

/** Every setting of every switch; the compiler asks for those that are missing. */
export const switchCases: Cases = {
  unusedOutput: { refunded: complete, kept: complete },
  omittedCap: { nothing: complete, modelMaximum: complete, contextRemainder: complete },
  rateLimitHeaders: {
    afterAdmission: complete,
    beforeAdmission: complete,
    afterSettlement: complete,
  },
  cachedTokens: { refundedAfterwards: complete, refundedAtAdmission: complete, kept: complete },
  retiredModel: { notFound: retired, decommissioned: retired },
  rateLimitWording: {
    plain: limited,
    percentEncoded: limited,
    floatNoise: limited,
    approximateRequest: limited,
    namelessLimit: { ...limited, detail: { ...isNumbered, dimension: "unknown" } },
  },
  promptCache: { on: complete, off: complete },
  shortestCachedPrefix: { "128": complete, "1024": complete },
  toolCallContent: { absent: complete, null: complete },
  abortedStream: { sentTokens: complete, wholeAnswer: complete },
  flexCapacity: {
    available: { ...flex, expected: "complete" },
    full: { ...flex, expected: "overCapacity" },
  },
  spendLimitCode: { blocked_api_access: blocked, spend_limit_exceeded: blocked },
  batchFileLimit: { "100MB": complete, "200MB": complete },
  userAgents: {
    accepted: { userAgent: "f/JS 1.6.0", expected: "complete" },
    shortRefused: { userAgent: "f/JS 1.6.0", expected: "blockedByNetwork" },
  },
};
