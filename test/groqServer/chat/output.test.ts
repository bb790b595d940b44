import { describe, expect, it } from "vitest";
import type { Answer } from "./answer";
import { facts } from "../testing/facts";
import { chat, eventsOf } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";

const qwen = "qwen/qwen3.8-27b";
const city = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tools = [{ type: "function", function: { name: "weather", parameters: city } }];
const call = { name: "weather", arguments: { city: "Oslo" } };
const format = { type: "json_schema", json_schema: { name: "place", schema: city } };

interface Failure {
  readonly name: string;
  readonly answer: Answer;
  readonly body: object;
  readonly code: "tool_use_failed" | "json_validate_failed";
  readonly generation: string;
}

const failures: readonly Failure[] = [
  {
    name: "calls a tool that was not offered",
    answer: { toolCalls: [{ ...call, name: "climate" }] },
    body: { tools },
    code: "tool_use_failed",
    generation: '[{"name":"climate","arguments":{"city":"Oslo"}}]',
  },
  {
    name: "calls a tool although it must not",
    answer: { toolCalls: [call] },
    body: { tools, tool_choice: "none" },
    code: "tool_use_failed",
    generation: '[{"name":"weather","arguments":{"city":"Oslo"}}]',
  },
  {
    name: "calls no tool although it must",
    answer: { content: "I know it." },
    body: { tools, tool_choice: "required" },
    code: "tool_use_failed",
    generation: "I know it.",
  },
  {
    name: "writes no JSON",
    answer: { content: "Oslo" },
    body: { response_format: format },
    code: "json_validate_failed",
    generation: "Oslo",
  },
  {
    name: "breaks the schema",
    answer: { content: '{"town":"Oslo"}' },
    body: { response_format: format },
    code: "json_validate_failed",
    generation: '{"town":"Oslo"}',
  },
];

describe("a model that", () => {
  it.each(failures)("$name fails with 400", async ({ answer, body, code, generation }) => {
    const server = await startForTest();
    server.queueAnswer(answer);
    const failed = await chat(server, body);
    expect(failed.status).toBe(400);
    expect(failed.error).toMatchObject({ code, failed_generation: generation });
  });
});

describe("tools", () => {
  it("passes unoffered calls when validation is switched off", async () => {
    const server = await startForTest();
    server.queueAnswer({ toolCalls: [{ ...call, name: "climate" }] });
    const body = { tools, disable_tool_validation: true };
    expect((await chat(server, body)).text).toContain('"name":"climate"');
  });

  it("makes parallel calls where the model can, unless told not to", async () => {
    const server = await startForTest();
    for (const [wish, calls] of [
      [undefined, 2],
      [false, 1],
    ]) {
      server.queueAnswer({ toolCalls: [call, call] });
      const { text } = await chat(server, { model: qwen, tools, parallel_tool_calls: wish });
      expect(text.match(/"type":"function"/g)).toHaveLength(Number(calls));
    }
  });

  it("calls what it must by the rules, with arguments that fit", async () => {
    const server = await startForTest();
    const choice = { type: "function", function: { name: "weather" } };
    const { text } = await chat(server, { tools, tool_choice: choice });
    expect(text).toContain('"arguments":"{\\"city\\":\\"stand-in\\"}"');
    expect(text).not.toContain('"content"');
  });

  it("runs built-in tools, shows them and bills them", async () => {
    const server = await startForTest();
    server.queueAnswer({
      content: "Found it.",
      executedTools: [
        { type: "browser_search", arguments: '{"query":"a"}', searchResults: [] },
        { type: "code_interpreter", arguments: "{}", output: "4", durationMs: 60_000 },
      ],
    });
    const body = { tools: [{ type: "browser_search" }, { type: "code_interpreter" }] };
    const { json } = await chat(server, body);
    expect(json, facts.executedTools).toMatchObject({
      choices: [
        {
          message: {
            executed_tools: [
              { index: 0, type: "browser_search", search_results: { results: [] } },
              { index: 1, type: "code_interpreter", output: "4" },
            ],
          },
        },
      ],
    });
    const fees = server.bill().entries.filter(({ kind }) => kind === "tool");
    // $5 per 1,000 searches, and a minute of $0.18 per hour.
    expect(fees.map(({ amount }) => amount)).toEqual([5_000_000_000n, 3_000_000_000n]);
  });
});

describe("reasoning", () => {
  const thought = { reasoning: "I think.", content: "I am." };

  it("is hidden, and counted, on request", async () => {
    const server = await startForTest();
    server.queueAnswer(thought);
    const { text } = await chat(server, { include_reasoning: false });
    expect(text).not.toContain("I think.");
    expect(text).toContain('"reasoning_tokens":3');
  });

  it.each([
    ["raw", { content: "<think>\nI think.\n</think>\n\nI am." }],
    ["parsed", { content: "I am.", reasoning: "I think." }],
    ["hidden", { content: "I am." }],
  ])("of qwen comes %s", async (reasoning_format, message) => {
    const server = await startForTest();
    server.queueAnswer(thought);
    server.queueAnswer(thought);
    const body = { model: qwen, reasoning_format };
    const plain = await chat(server, body);
    expect(plain.json).toMatchObject({ choices: [{ message }] });
    const streamed = await chat(server, { ...body, stream: true });
    const content = [...streamed.text.matchAll(/"delta":\{"content":"((?:\\.|[^"])*)"/g)];
    const text = content.map(([, piece]) => piece).join("");
    expect(text).toBe(message.content.replaceAll("\n", "\\n"));
  });
});

describe("an answer", () => {
  it("ends before a stop sequence", async () => {
    const server = await startForTest();
    server.queueAnswer({ content: "one, two; three" });
    expect((await chat(server, { stop: [";", ","] })).text).toContain('"content":"one"');
  });

  it("comes in the chunks that were queued", async () => {
    const server = await startForTest();
    server.queueAnswer({ chunks: ["one", " and two"] });
    const events = eventsOf(await chat(server, { stream: true }));
    expect(events.slice(1, 3).map(({ data }) => data)).toMatchObject([
      { choices: [{ delta: { content: "one" } }] },
      { choices: [{ delta: { content: " and two" } }] },
    ]);
    expect(events.at(-1)?.data, facts.doneEnds).toBe("[DONE]");
  });

  it("waits for the request that it is meant for", async () => {
    const server = await startForTest();
    server.queueAnswer({ content: "for qwen", model: qwen });
    server.queueAnswer({ content: 'for "this"', whenIncludes: 'say "this"' });
    server.queueAnswer({ content: "for anyone" });
    const messages = [{ role: "user", content: 'say "this"' }];
    expect((await chat(server)).text).toContain("for anyone");
    expect((await chat(server, { messages })).text).toContain('for \\"this\\"');
    expect((await chat(server, { model: qwen })).text).toContain("for qwen");
  });

  it("is paced by the clock when a speed is set", async () => {
    const server = await startForTest({ speed: 100 });
    server.queueAnswer({ content: "one two three four" });
    const answer = chat(server);
    await server.clock.whenSleeping();
    // 20 ms in the queue, 3.4 ms for 68 prompt tokens, and 4 tokens at 10 ms.
    await server.clock.advance(63.3);
    expect(server.requests[0]?.outcome).toBeUndefined();
    await server.clock.advance(0.2);
    expect((await answer).status).toBe(200);
  });
});
