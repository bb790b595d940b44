import { afterEach, describe, expect, it } from "vitest";
import type { ChatModelEvent, ChatRequest } from "../../../src/core/dispatch/chatModel";
import type { Failure } from "../../../src/core/dispatch/failure";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { collect } from "../../fakes/asyncSteps";
import { FixedKey } from "../../fakes/fixedKey";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import type { GroqServerOptions } from "../../groqServer/groqServerOptions";
import type { SwitchName, Switches } from "../../groqServer/switches";
import { outcomeOf, request } from "./services";

let server: GroqServer | undefined;
afterEach(() => server?.close());

/** One setting of one switch: what is asked of the stand-in, and what the client must make of it. */
interface Case {
  readonly options?: GroqServerOptions;
  readonly given?: Partial<ChatRequest>;
  readonly userAgent?: string;
  prepare?(running: GroqServer): void;
  readonly expected: "complete" | Failure["kind"];
  readonly detail?: Partial<Extract<Failure, { kind: "rateLimited" }>>;
}

type Cases = { readonly [Name in SwitchName]: { readonly [Value in Switches[Name]]: Case } };

const complete: Case = { expected: "complete" };
const retired: Case = { given: { model: "llama-3.3-70b-versatile" }, expected: "modelGone" };
const flex: Pick<Case, "options" | "given"> = {
  options: { plan: "developer" },
  given: { serviceTier: "flex" },
};
const blocked: Case = {
  options: { organizations: [{ spendLimit: 0n }] },
  expected: "spendLimitReached",
};
const isNumbered = { dimension: "tpm", told: expect.anything() } as const;
const limited: Case = {
  options: { limits: { [request.model]: { tpm: 1000 } } },
  prepare: (running) => running.useElsewhere(request.model, { inputTokens: 900 }),
  expected: "rateLimited",
  detail: isNumbered,
};

/** Every setting of every switch; the compiler asks for those that are missing. */
const cases: Cases = {
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

async function ask(given: Case, switches: Partial<Switches>): Promise<ChatModelEvent[]> {
  server = await startGroqServer({ plan: "custom", ...given.options, switches });
  given.prepare?.(server);
  const model = createGroqChatModel(
    new FixedKey(server.origin),
    given.userAgent ?? "groq-coder/test",
  );
  return collect(model.stream({ ...request, ...given.given }, new AbortController().signal));
}

describe.each(Object.entries(cases))("the switch %s", (name, settings) => {
  it.each(Object.entries<Case>(settings))("at %s", async (value, given) => {
    const events = await ask(given, { [name]: value });
    expect(outcomeOf(events)).toBe(given.expected);
    const last = events.at(-1);
    if (last?.kind !== "failure") return;
    expect(last.billable).toBe(false);
    if (given.detail === undefined) return;
    expect(last.failure).toMatchObject(given.detail);
    expect(last.organization).toMatch(/^org_/);
  });

  it("in every setting lets our own agent in, and answers", async () => {
    for (const value of Object.keys(settings)) {
      expect(outcomeOf(await ask({ expected: "complete" }, { [name]: value }))).toBe("complete");
      await server?.close();
    }
  });
});
