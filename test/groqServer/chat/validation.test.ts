import { describe, expect, it } from "vitest";
import { facts } from "../testing/facts";
import { chat, gptOss } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";

const qwen = "qwen/qwen3.8-27b";
const guard = "openai/gpt-oss-safeguard-20b";
const contract = "llama-3.3-70b-versatile";
const schema = { type: "object", properties: {}, additionalProperties: false };
const tools = [{ type: "function", function: { name: "run", parameters: schema } }];

function user(change: object = {}): object {
  return { messages: [{ role: "user", content: "Hello", ...change }] };
}

function jsonSchema(strict: boolean): object {
  return { response_format: { type: "json_schema", json_schema: { name: "a", schema, strict } } };
}

/** A request and what it is refused with. */
interface RefusedRequest {
  readonly name: string;
  readonly body: object;
  readonly message: string;
  readonly fact: string | undefined;
}

function refusal(name: string, body: object, message: string, fact?: string): RefusedRequest {
  return { name, body, message, fact };
}

const refused: readonly RefusedRequest[] = [
  refusal("an unknown field", { foo: 1 }, "property 'foo' is unsupported", facts.unknownField),
  refusal(
    "reasoning_content in a replayed turn",
    { messages: [{ role: "assistant", content: "a", reasoning_content: "b" }] },
    "'messages.0' : for 'role:assistant' the following must be satisfied[('messages.0' : property 'reasoning_content' is unsupported)]",
    facts.reasoningContent,
  ),
  refusal(
    "a name on a message",
    user({ name: "Ann" }),
    "'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'name' is unsupported)]",
    facts.forbiddenFields,
  ),
  refusal("top_logprobs", { top_logprobs: 2 }, "property 'top_logprobs' is unsupported"),
  refusal("logit_bias", { logit_bias: {} }, "property 'logit_bias' is unsupported"),
  refusal("n above 1", { n: 2 }, "'n' : number must be at most 1"),
  refusal("no messages", { messages: [] }, "'messages' : minimum number of items is 1"),
  refusal("no list of messages", { messages: undefined }, "property 'messages' is missing"),
  refusal("no model", { model: undefined }, "property 'model' is missing"),
  refusal(
    "an unknown role",
    { messages: [{ role: "king", content: "a" }] },
    "'messages.0' : discriminator property 'role' has invalid value",
  ),
  refusal("a temperature above 2", { temperature: 3 }, "'temperature' : number must be at most 2"),
  refusal("text for a number", { top_p: "1" }, "'top_p' : value must be a number"),
  refusal(
    "a cap of 0",
    { max_completion_tokens: 0 },
    "'max_completion_tokens' : number must be at least 1",
  ),
  refusal(
    "a cap above the model's",
    { max_completion_tokens: 65_537 },
    "`max_completion_tokens` must be less than or equal to `65536`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model",
  ),
  refusal(
    "an unknown tool_choice",
    { tools, tool_choice: "any" },
    "Only allowed string values for 'tool_choice' are none, auto, and required",
  ),
  refusal(
    "a tool_choice that is not offered",
    { tools, tool_choice: { type: "function", function: { name: "walk" } } },
    "tool choice function 'walk' not found in tools",
  ),
  refusal(
    "reasoning_format on gpt-oss",
    { reasoning_format: "parsed" },
    "`reasoning_format` is not supported with this model",
  ),
  refusal(
    "effort low on qwen",
    { model: qwen, reasoning_effort: "low" },
    "`reasoning_effort` must be one of `none`, `default`",
  ),
  refusal(
    "two ways to show reasoning",
    { model: qwen, reasoning_format: "raw", include_reasoning: true },
    "cannot specify both `reasoning_format` and `include_reasoning`",
  ),
  refusal(
    "effort where none is known",
    { model: contract, reasoning_effort: "low" },
    "`reasoning_effort` is not supported with this model",
  ),
  refusal(
    "reasoning where none is known",
    { model: contract, messages: [{ role: "assistant", content: "a", reasoning: "b" }] },
    "'messages.0' : for 'role:assistant' the following must be satisfied[('messages.0' : property 'reasoning' is unsupported)]",
  ),
  refusal(
    "a built-in tool elsewhere",
    { model: guard, tools: [{ type: "browser_search" }] },
    "tool type `browser_search` is not supported with this model",
  ),
  refusal(
    "JSON mode with tools",
    { tools, response_format: { type: "json_object" } },
    "json mode cannot be combined with tool/function calling",
    facts.strictSchema,
  ),
  refusal(
    "a strict schema with streaming",
    { ...jsonSchema(true), stream: true },
    "json schema in strict mode cannot be combined with streaming",
    facts.strictSchema,
  ),
  refusal(
    "a schema elsewhere",
    { model: contract, ...jsonSchema(false) },
    "This model does not support response format `json_schema`.",
  ),
  refusal(
    "JSON mode without the word",
    { response_format: { type: "json_object" } },
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
  ),
  refusal(
    "a speech model",
    { model: "canopylabs/orpheus-v1-english" },
    "The model `canopylabs/orpheus-v1-english` does not support chat completions",
  ),
];

describe("refuses with 400", () => {
  it.each(refused)("$name", async ({ body, message, fact }) => {
    const organizations = [{ plan: "custom", contractModels: [contract] }] as const;
    const server = await startForTest({ organizations });
    const answer = await chat(server, body);
    expect(answer.status, fact).toBe(400);
    expect(answer.error["message"], fact).toBe(message);
    expect(answer.error["type"], fact).toBe("invalid_request_error");
    expect(server.bill().total).toBe(0n);
  });

  it("a body that is not JSON", async () => {
    const server = await startForTest();
    const response = await fetch(`${server.origin}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer gsk_1" },
      body: "{",
    });
    expect(response.status).toBe(400);
  });
});

describe("accepts", () => {
  it.each([
    ["null for what is optional", { logprobs: null, stop: null, tools: null, seed: null }],
    ["content in parts", user({ content: [{ type: "text", text: "Hello" }] })],
    ["stream_options with a stream", { stream: true, stream_options: { include_usage: true } }],
    ["efforts of gpt-oss", { reasoning_effort: "high", include_reasoning: false }],
    [
      "reasoning in a replayed turn of gpt-oss",
      { messages: [{ role: "assistant", content: "a", reasoning: "b" }] },
    ],
    ["a developer message", { messages: [{ role: "developer", content: "Be brief." }] }],
    ["a format of qwen", { model: qwen, reasoning_format: "hidden" }],
    [
      "a whole tool exchange",
      {
        tools,
        messages: [
          { role: "user", content: "Run" },
          {
            role: "assistant",
            content: null,
            tool_calls: [{ id: "1", type: "function", function: { name: "run", arguments: "{}" } }],
          },
          { role: "tool", tool_call_id: "1", content: "done" },
        ],
      },
    ],
    ["JSON by strict schema", jsonSchema(true)],
  ])("%s", async (_name, body) => {
    const server = await startForTest();
    const answer = await chat(server, { model: gptOss, ...body });
    expect(answer.text).not.toContain('"error"');
    expect(answer.status).toBe(200);
  });
});
