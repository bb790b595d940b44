import { describe, expect, it } from "vitest";
import type { GroqServer } from "./groqServer";
import type { GroqServerOptions } from "./groqServerOptions";
import { type RawAnswer, chat, gptOss } from "./testing/rawClient";
import { startForTest } from "./testing/startForTest";

/** A body that a public thread quotes, with the values of its own as patterns. */
interface RecordedBody {
  readonly name: string;
  readonly status: number;
  readonly error: Readonly<Record<string, RegExp>>;
  readonly options?: GroqServerOptions;
  provoke(server: GroqServer): Promise<RawAnswer>;
}

const organization = "in organization `org_\\w+` service tier `on_demand`";
const duration = "(?:\\d+h)?(?:\\d+m)?[\\d.]+m?s";
const upgrade = "Upgrade to Dev Tier today at https://console\\.groq\\.com/settings/billing";
const invalidRequest = /^invalid_request_error$/;
const noArguments = { type: "object", properties: {} };
const tools = [{ type: "function", function: { name: "run", parameters: noArguments } }];

const recorded: readonly RecordedBody[] = [
  {
    name: "429 tokens per day, percent-encoded",
    status: 429,
    options: {
      limits: { [gptOss]: { tpd: 4_000 } },
      switches: { rateLimitWording: "percentEncoded" },
    },
    error: {
      message: new RegExp(
        `^Rate limit reached for model \`.+\` ${organization} on tokens per day \\(TPD\\): Limit \\d+, Used \\d+, Requested \\d+\\. Please try again in ${duration}\\. Need more tokens%3F ${upgrade}$`,
      ),
      type: /^tokens$/,
      code: /^rate_limit_exceeded$/,
    },
    provoke: (server) => {
      server.useElsewhere(gptOss, { inputTokens: 3_900 });
      return chat(server, { max_completion_tokens: 500 });
    },
  },
  {
    name: "429 tokens per minute, with float noise",
    status: 429,
    options: { switches: { rateLimitWording: "floatNoise" } },
    error: {
      message: new RegExp(
        `on tokens per minute \\(TPM\\): Limit 8000, Used 7500, Requested 568\\. Please try again in 509\\.999999ms\\. Need more tokens\\? ${upgrade}$`,
      ),
      type: /^tokens$/,
      code: /^rate_limit_exceeded$/,
    },
    provoke: (server) => {
      server.useElsewhere(gptOss, { inputTokens: 7_500 });
      return chat(server, { max_completion_tokens: 500 });
    },
  },
  {
    name: "429 requests per minute",
    status: 429,
    error: {
      message:
        /on requests per minute \(RPM\): Limit 30, Used 30, Requested 1\. Please try again in 2s\./,
      type: /^requests$/,
      code: /^rate_limit_exceeded$/,
    },
    provoke: (server) => {
      server.useElsewhere(gptOss, { requests: 30 });
      return chat(server);
    },
  },
  {
    name: "413 larger than the minute",
    status: 413,
    options: { switches: { rateLimitWording: "percentEncoded" } },
    error: {
      message: new RegExp(
        `^Request too large for model \`.+\` ${organization} on tokens per minute \\(TPM\\): Limit 8000, Requested 9068, please reduce your message size and try again\\. Need more tokens%3F ${upgrade}$`,
      ),
      type: /^tokens$/,
      code: /^rate_limit_exceeded$/,
    },
    provoke: (server) => chat(server, { max_completion_tokens: 9_000 }),
  },
  {
    name: "404 no such model",
    status: 404,
    error: {
      message:
        /^The model `llama-3\.3-70b-versatile` does not exist or you do not have access to it\.$/,
      type: invalidRequest,
      code: /^model_not_found$/,
    },
    provoke: (server) => chat(server, { model: "llama-3.3-70b-versatile" }),
  },
  {
    name: "400 failed to call a function",
    status: 400,
    error: {
      message:
        /^Failed to call a function\. Please adjust your prompt\. See 'failed_generation' for more details\.$/,
      type: invalidRequest,
      code: /^tool_use_failed$/,
      failed_generation: /^run\{"a": 1\}<\/function>$/,
    },
    provoke: (server) => {
      server.queueAnswer({ toolUseFailed: { failedGeneration: 'run{"a": 1}</function>' } });
      return chat(server, { tools });
    },
  },
  {
    name: "400 tool call arguments are not JSON",
    status: 400,
    error: {
      message: /^Failed to parse tool call arguments as JSON$/,
      type: invalidRequest,
      code: /^tool_use_failed$/,
      failed_generation: /^import csv/,
    },
    provoke: (server) => {
      server.queueAnswer({ toolCalls: [{ name: "run", arguments: "import csv" }] });
      return chat(server, { tools });
    },
  },
  {
    name: "400 unsupported property",
    status: 400,
    error: {
      message: /^property 'store' is unsupported, did you mean 'stop'\?$/,
      type: invalidRequest,
    },
    provoke: (server) => chat(server, { store: true }),
  },
  {
    name: "400 context length",
    status: 400,
    options: { plan: "custom", models: { [gptOss]: { contextWindow: 100 } } },
    error: {
      message: /^Please reduce the length of the messages or completion\.$/,
      type: invalidRequest,
      code: /^context_length_exceeded$/,
      param: /^messages$/,
    },
    provoke: (server) => chat(server, { max_completion_tokens: 50 }),
  },
  {
    name: "400 decommissioned",
    status: 400,
    options: { switches: { retiredModel: "decommissioned" } },
    error: {
      message:
        /^The model `playai-tts` has been decommissioned and is no longer supported\. Please refer to https:\/\/console\.groq\.com\/docs\/deprecations for a recommendation on which model to use instead\.$/,
      type: invalidRequest,
      code: /^model_decommissioned$/,
    },
    provoke: (server) => chat(server, { model: "playai-tts" }),
  },
  {
    name: "503 over capacity",
    status: 503,
    error: {
      message:
        /^openai\/gpt-oss-20b is currently over capacity\. Please try again and back off exponentially\. Visit https:\/\/groqstatus\.com to see if there is an active incident\.$/,
      type: /^internal_server_error$/,
    },
    provoke: (server) => {
      server.queueFault({ kind: "error", error: "overCapacity", model: gptOss });
      return chat(server);
    },
  },
  {
    name: "403 blocked for the project",
    status: 403,
    options: { organizations: [{ projectBlockedModels: [gptOss] }] },
    error: {
      message: /^The model is blocked for this project\.$/,
      type: /^permissions_error$/,
      code: /^model_permission_blocked_project$/,
    },
    provoke: (server) => chat(server),
  },
];

describe("bodies quoted in public threads (read 2026-10) come out in form", () => {
  it.each(recorded)("$name", async ({ status, error, options, provoke }) => {
    const answer = await provoke(await startForTest(options));
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.error).toSorted()).toEqual(Object.keys(error).toSorted());
    for (const [name, pattern] of Object.entries(error)) {
      expect(answer.error[name]).toMatch(pattern);
    }
  });

  it("an error in mid-stream", async () => {
    const server = await startForTest();
    const failedGeneration =
      "Tool use failed: JSON does not match the expected schema for tool calls";
    server.queueAnswer({ content: "I will", toolUseFailed: { failedGeneration } });
    const { text } = await chat(server, { stream: true, tools });
    expect(text.split("\n\n").at(-2)).toBe(
      "event: error\n" +
        `data: {"error":{"message":"Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"${failedGeneration}","status_code":400}}`,
    );
  });
});
