import { describe, expect, it } from "vitest";
import type { GroqServer } from "./groqServer";
import type { GroqServerOptions } from "./groqServerOptions";
import { type SwitchName, type Switches, parseSwitches } from "./switches";
import { chat, gptOss, send, testKey } from "./testing/rawClient";
import { startForTest } from "./testing/startForTest";

/** What a client sees under one switch: the same act has another outcome under each setting. */
interface Sight<Name extends SwitchName> {
  readonly options?: GroqServerOptions;
  act(server: GroqServer): Promise<unknown>;
  readonly outcomes: Readonly<Record<Switches[Name], unknown>>;
}

const longPrompt = { messages: [{ role: "user", content: "count ".repeat(300) }] };

/** Tokens of the minute that are left after a request, as the next one's headers tell. */
async function tokensLeft(server: GroqServer, body: object): Promise<number> {
  await chat(server, body);
  server.setSwitches({ rateLimitHeaders: "beforeAdmission" });
  const { headers } = await chat(server, body);
  return Number(headers.get("x-ratelimit-remaining-tokens"));
}

const sights: { [Name in SwitchName]: Sight<Name> } = {
  unusedOutput: {
    act: (server) => {
      server.queueAnswer({ content: "Short." });
      return tokensLeft(server, { max_completion_tokens: 1_000 });
    },
    outcomes: { refunded: 8_000 - 68 - 2, kept: 8_000 - 68 - 1_000 },
  },
  omittedCap: {
    options: { models: { [gptOss]: { contextWindow: 7_000, maxCompletionTokens: 5_000 } } },
    act: async (server) => (await chat(server)).headers.get("x-ratelimit-remaining-tokens"),
    outcomes: { nothing: "7932", modelMaximum: "2932", contextRemainder: "1000" },
  },
  rateLimitHeaders: {
    act: async (server) => {
      server.queueAnswer({ content: "Short." });
      const { headers } = await chat(server, { max_completion_tokens: 1_000 });
      return headers.get("x-ratelimit-remaining-tokens");
    },
    outcomes: { afterAdmission: "6932", beforeAdmission: "8000", afterSettlement: "7930" },
  },
  cachedTokens: {
    options: { switches: { rateLimitHeaders: "afterAdmission" } },
    act: async (server) => {
      const body = { ...longPrompt, max_completion_tokens: 1 };
      await chat(server, body);
      await server.clock.advance(60_000);
      const atAdmission = await chat(server, body);
      server.setSwitches({ rateLimitHeaders: "beforeAdmission" });
      const afterwards = await chat(server, body);
      return [atAdmission, afterwards].map(({ headers }) =>
        Number(headers.get("x-ratelimit-remaining-tokens")),
      );
    },
    outcomes: {
      refundedAfterwards: [8_000 - 369, 8_000 - 369 + 256],
      refundedAtAdmission: [8_000 - 369 + 256, 8_000 - 369 + 256],
      kept: [8_000 - 369, 8_000 - 369],
    },
  },
  retiredModel: {
    act: async (server) => {
      const { status, error } = await chat(server, { model: "llama-3.1-8b-instant" });
      return [status, error["code"]];
    },
    outcomes: { notFound: [404, "model_not_found"], decommissioned: [400, "model_decommissioned"] },
  },
  rateLimitWording: {
    act: async (server) => {
      server.useElsewhere(gptOss, { inputTokens: 8_000 });
      const { error } = await chat(server);
      return /` on (.*?): .* Requested (\S+)\. Please try again in (\S+)\. Need more tokens(\S+)/
        .exec(error["message"] ?? "")
        ?.slice(1);
    },
    outcomes: {
      plain: ["tokens per minute (TPM)", "68", "510ms", "?"],
      percentEncoded: ["tokens per minute (TPM)", "68", "510ms", "%3F"],
      floatNoise: ["tokens per minute (TPM)", "68", "509.999999ms", "?"],
      approximateRequest: ["tokens per minute (TPM)", "~68", "510ms", "?"],
      namelessLimit: ["", "68", "510ms", "?"],
    },
  },
  promptCache: {
    act: (server) => cachedTokens(server, longPrompt),
    outcomes: { on: 256, off: 0 },
  },
  shortestCachedPrefix: {
    act: (server) => cachedTokens(server, longPrompt),
    outcomes: { "128": 256, "1024": 0 },
  },
  toolCallContent: {
    act: async (server) => {
      const tools = [{ type: "function", function: { name: "run" } }];
      const { text } = await chat(server, { tools, tool_choice: "required" });
      return /"content":(\w+)/.exec(text)?.[1];
    },
    outcomes: { absent: undefined, null: "null" },
  },
  abortedStream: {
    options: { speed: 10 },
    act: async (server) => {
      server.queueAnswer({ chunks: ["one", " two", " three", " four"] });
      await leaveStream(server);
      return server.bill().entries[0]?.completionTokens;
    },
    outcomes: { sentTokens: 0, wholeAnswer: 4 },
  },
  flexCapacity: {
    options: { plan: "developer" },
    act: async (server) => (await chat(server, { service_tier: "flex" })).status,
    outcomes: { available: 200, full: 498 },
  },
  spendLimitCode: {
    options: { organizations: [{ spendLimit: 1n }] },
    act: async (server) => {
      await chat(server);
      await server.clock.advance(15 * 60_000);
      const { status, error } = await chat(server);
      return [status, error["code"]];
    },
    outcomes: {
      blocked_api_access: [400, "blocked_api_access"],
      spend_limit_exceeded: [400, "spend_limit_exceeded"],
    },
  },
  batchFileLimit: {
    act: async (server) => {
      // Not a real form, whose parsing takes seconds at this size: the limit comes before the form.
      const response = await fetch(`${server.origin}/openai/v1/files`, {
        method: "POST",
        headers: { authorization: `Bearer ${testKey}`, "content-type": "multipart/form-data" },
        body: new Uint8Array(100 * 1024 * 1024 + 1),
      });
      return response.status;
    },
    outcomes: { "100MB": 413, "200MB": 400 },
  },
  userAgents: {
    act: async (server) => {
      const agent = { "user-agent": "f/JS 1.6.0" };
      const { status, text } = await send(server, "GET", "models", undefined, agent);
      return status === 200 ? 200 : text;
    },
    outcomes: { accepted: 200, shortRefused: "error code: 1010" },
  },
};

async function cachedTokens(server: GroqServer, body: object): Promise<number> {
  await chat(server, body);
  const { text } = await chat(server, body);
  return Number(/"cached_tokens":(\d+)/.exec(text)?.[1] ?? 0);
}

/** Opens a stream, leaves it after the headers, and waits until the server has noticed. */
async function leaveStream(server: GroqServer): Promise<void> {
  const controller = new AbortController();
  await fetch(`${server.origin}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${testKey}` },
    body: JSON.stringify({
      model: gptOss,
      stream: true,
      messages: [{ role: "user", content: "Hello" }],
    }),
    signal: controller.signal,
  });
  controller.abort();
  await expect.poll(() => server.requests.at(-1)?.outcome?.finish).toBe("clientLeft");
}

describe.each(Object.entries(sights))("switch %s", (name, sight) => {
  it.each(Object.entries<unknown>(sight.outcomes))("%s", async (value, outcome) => {
    const server = await startForTest(sight.options);
    server.setSwitches(parseSwitches({ [name]: value }));
    expect(await sight.act(server)).toEqual(outcome);
  });
});

describe("parseSwitches", () => {
  it("names what would have been right", () => {
    expect(() => parseSwitches({ tempo: "high" })).toThrow(
      /no switch "tempo"; there are unusedOut/,
    );
    expect(() => parseSwitches({ retiredModel: "410" })).toThrow(/notFound, decommissioned/);
  });
});
