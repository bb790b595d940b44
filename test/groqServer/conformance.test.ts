import Groq from "groq-sdk";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import type { GroqServer } from "./groqServer";
import { facts } from "./testing/facts";
import { gptOss, testKey } from "./testing/rawClient";
import { startForTest } from "./testing/startForTest";

/** The two clients agree on what the suite uses of them; their types do not say so. */
type Client = Groq;

const clients: Record<string, (server: GroqServer, apiKey: string) => Client> = {
  "groq-sdk": (server, apiKey) =>
    new Groq({ apiKey, baseURL: server.origin, maxRetries: 0, timeout: 5_000 }),
  openai: (server, apiKey) =>
    new OpenAI({
      apiKey,
      baseURL: `${server.origin}/openai/v1`,
      maxRetries: 0,
      timeout: 5_000,
    }) as unknown as Client,
};

const hello = { model: gptOss, messages: [{ role: "user" as const, content: "Hello" }] };

const weatherTool = {
  type: "function" as const,
  function: {
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

interface ApiFailure {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly message: string;
}

/** What a call is refused with, in the form that both clients share. */
async function failureOf(call: PromiseLike<unknown>): Promise<ApiFailure> {
  const error: unknown = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !("status" in error)) throw new Error("expected an API error");
  const body = "error" in error ? JSON.stringify(error.error) : "";
  const status = typeof error.status === "number" ? error.status : undefined;
  return { status, code: /"code":"(\w+)"/.exec(body)?.[1], message: error.message };
}

async function collect<Chunk>(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe.each(Object.entries(clients))("%s", (_name, connect) => {
  it("lists models", async () => {
    const server = await startForTest();
    const { data } = await connect(server, testKey).models.list();
    const model = data.find(({ id }) => id === gptOss);
    expect(model, facts.modelsList).toMatchObject({
      object: "model",
      owned_by: "OpenAI",
      context_window: 131_072,
      max_completion_tokens: 65_536,
    });
    const ids = data.map(({ id }) => id);
    expect(ids, facts.retiredUnlisted).not.toContain("llama-3.3-70b-versatile");
  });

  it("retrieves a model whose id has a slash", async () => {
    const server = await startForTest();
    const model = await connect(server, testKey).models.retrieve(gptOss);
    expect(model.id, facts.modelsList).toBe(gptOss);
  });

  it.each([
    ["gsk_wrong", facts.invalidKey],
    ["xai-something", facts.xaiKey],
  ])("refuses the key %s", async (key, fact) => {
    const server = await startForTest();
    const failure = await failureOf(connect(server, key).models.list());
    expect(failure, fact).toMatchObject({ status: 401, code: "invalid_api_key" });
  });

  it("answers plainly", async () => {
    const server = await startForTest();
    server.queueAnswer({ reasoning: "They greet me.", content: "Good day!" });
    const answer = await connect(server, testKey).chat.completions.create(hello);
    expect(answer, facts.plainAnswer).toMatchObject({
      object: "chat.completion",
      model: gptOss,
      choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Good day!" } }],
    });
    const usage = answer.usage;
    expect(usage?.prompt_tokens, facts.harmonyOverhead).toBe(68);
    expect(usage?.total_time, facts.usageTimes).toBeGreaterThan(0);
    expect(usage?.completion_tokens_details, facts.reasoningCounts).toEqual({
      reasoning_tokens: 4,
    });
    expect(usage?.completion_tokens, facts.reasoningCounts).toBe(7);
    expect(usage, facts.detailsAbsent).not.toHaveProperty("prompt_tokens_details");
  });

  it("takes its time for an answer that has a speed of its own", async () => {
    const server = await startForTest({ clock: { factor: 100 } });
    server.queueAnswer({ content: "Good day!", tokensPerSecond: 2 });
    const before = server.clock.now();
    const { usage } = await connect(server, testKey).chat.completions.create(hello);
    const seconds = (usage?.completion_tokens ?? 0) / 2;
    expect(usage?.completion_time).toBe(seconds);
    expect(server.clock.now() - before).toBeGreaterThanOrEqual(1000 * seconds);
  });

  it("streams frames in Groq's order", async () => {
    const server = await startForTest();
    server.queueAnswer({ reasoning: "Hm.", content: "Good day!" });
    // The types of groq-sdk lack stream_options, which the service accepts.
    const request = { ...hello, stream: true as const, stream_options: { include_usage: true } };
    const stream = await connect(server, testKey).chat.completions.create(request);
    const chunks = await collect(stream);
    const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
    expect(deltas[0], facts.firstChunk).toEqual({ role: "assistant", content: "" });
    expect(chunks[0]?.x_groq?.id, facts.firstChunk).toMatch(/^req_/);
    expect(deltas[1], facts.reasoningDeltas).toEqual({ reasoning: "Hm", channel: "analysis" });
    expect(deltas.map(({ content }) => content ?? "").join("")).toBe("Good day!");
    const finishing = chunks.at(-2);
    expect(finishing?.choices[0], facts.usageTwice).toMatchObject({
      delta: {},
      finish_reason: "stop",
    });
    expect(finishing, facts.usageTwice).toHaveProperty("usage", finishing?.x_groq?.usage);
    expect(chunks.at(-1), facts.usageThirdCopy).toMatchObject({
      choices: [],
      usage: finishing?.x_groq?.usage,
    });
  });

  it("calls a tool, plain and streamed", async () => {
    const server = await startForTest();
    const client = connect(server, testKey);
    const toolCalls = [
      { name: "weather", arguments: { city: "Oslo" } },
      { name: "weather", arguments: { city: "Rome" } },
    ];
    server.queueAnswer({ toolCalls });
    server.queueAnswer({ toolCalls });
    const request = { ...hello, tools: [weatherTool] };
    const plain = await client.chat.completions.create(request);
    expect(plain.choices[0]?.finish_reason).toBe("tool_calls");
    expect(plain.choices[0]?.message.tool_calls, facts.oneToolCall).toHaveLength(1);
    const stream = await client.chat.completions.create({ ...request, stream: true });
    const deltas = (await collect(stream)).map(({ choices }) => choices[0]?.delta);
    const calls = deltas.filter((delta) => delta?.tool_calls !== undefined);
    expect(calls, facts.toolCallWhole).toHaveLength(1);
    expect(calls[0]?.tool_calls?.[0]?.function, facts.toolCallWhole).toEqual({
      name: "weather",
      arguments: '{"city":"Oslo"}',
    });
  });

  it("fails a tool call, plain and in mid-stream", async () => {
    const server = await startForTest();
    const client = connect(server, testKey);
    const toolUseFailed = { failedGeneration: "weather{city}</function>" };
    server.queueAnswer({ toolUseFailed });
    server.queueAnswer({ content: "Let me see.", toolUseFailed });
    const plain = await failureOf(client.chat.completions.create(hello));
    expect(plain, facts.toolUseFailed).toMatchObject({ status: 400, code: "tool_use_failed" });
    const stream = await client.chat.completions.create({ ...hello, stream: true });
    const streamed = await failureOf(collect(stream));
    expect(streamed, facts.midStreamError).toMatchObject({
      status: undefined,
      code: "tool_use_failed",
    });
  });

  it("cuts an answer at a very small cap and bills it", async () => {
    const server = await startForTest();
    server.queueAnswer({ reasoning: "Thinking takes all there is.", content: "Never said." });
    const answer = await connect(server, testKey).chat.completions.create({
      ...hello,
      max_completion_tokens: 3,
    });
    expect(answer.choices[0], facts.smallCap).toMatchObject({
      finish_reason: "length",
      message: { content: "" },
    });
    expect(server.bill().entries[0]?.completionTokens, facts.smallCap).toBe(3);
  });

  it.each<[string, object, number, string | undefined, string]>([
    ["an unknown model", { model: "gpt-9" }, 404, "model_not_found", facts.unknownModel],
    ["an unknown field", { store: true }, 400, undefined, facts.unknownField],
    ["log probabilities", { logprobs: true }, 400, undefined, facts.forbiddenFields],
    ["two choices", { n: 2 }, 400, undefined, facts.forbiddenFields],
    ["effort none", { reasoning_effort: "none" }, 400, undefined, facts.effortValues],
    ["reasoning_format", { reasoning_format: "raw" }, 400, undefined, facts.noReasoningFormat],
    ["flex on free", { service_tier: "flex" }, 400, undefined, facts.flexPaidOnly],
    [
      "a request above the minute limit",
      { max_completion_tokens: 32_766 },
      413,
      "rate_limit_exceeded",
      facts.upFront,
    ],
  ])("refuses %s", async (_case, change, status, code, fact) => {
    const server = await startForTest();
    const request = { ...hello, ...change };
    const failure = await failureOf(connect(server, testKey).chat.completions.create(request));
    expect({ status: failure.status, code: failure.code }, fact).toEqual({ status, code });
  });

  it("shows limits in headers and refuses with 429 when they are used up", async () => {
    const server = await startForTest();
    const client = connect(server, testKey);
    const request = { ...hello, max_completion_tokens: 4_000 };
    const { response } = await client.chat.completions.create(request).withResponse();
    expect(response.headers.get("x-ratelimit-limit-requests"), facts.rateHeaders).toBe("1000");
    expect(response.headers.get("x-ratelimit-remaining-tokens"), facts.rateHeaders).toBe("3932");
    expect(response.headers.has("retry-after"), facts.retryAfter).toBe(false);
    server.useElsewhere(gptOss, { inputTokens: 7_000 });
    const failure = await failureOf(client.chat.completions.create(request));
    expect(failure, facts.upFront).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(failure.message).toContain("Please try again in");
  });

  it("answers 498 when flex is full", async () => {
    const server = await startForTest({ plan: "developer", switches: { flexCapacity: "full" } });
    const request = { ...hello, service_tier: "flex" as const };
    const failure = await failureOf(connect(server, testKey).chat.completions.create(request));
    expect(failure, facts.flexFull).toMatchObject({ status: 498, code: "capacity_exceeded" });
  });

  it("runs a file through a batch", async () => {
    const server = await startForTest();
    const client = connect(server, testKey);
    const line = { custom_id: "a", method: "POST", url: "/v1/chat/completions", body: hello };
    const upload = new File([`${JSON.stringify(line)}\n`], "input.jsonl");
    const file = await client.files.create({ file: upload, purpose: "batch" });
    const created = await client.batches.create({
      input_file_id: file.id ?? "",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    expect(created.status, facts.batchLife).toBe("validating");
    await server.clock.advance(60_000);
    const done = await client.batches.retrieve(created.id);
    expect(done, facts.batchLife).toMatchObject({
      status: "completed",
      request_counts: { total: 1, completed: 1, failed: 0 },
    });
    const output = await client.files.content(done.output_file_id ?? "");
    expect(await output.text(), facts.batchLife).toContain('"custom_id":"a"');
    const { data } = await client.files.list();
    expect(data, facts.fileLife).toHaveLength(2);
    const deleted = await client.files.delete(file.id ?? "");
    expect(deleted.deleted, facts.fileLife).toBe(true);
  });

  it("transcribes and translates", async () => {
    const server = await startForTest();
    const client = connect(server, testKey);
    server.queueAnswer({ content: "Good morning" });
    const file = new File([new Uint8Array(16_000)], "speech.mp3");
    const heard = await client.audio.transcriptions.create({ file, model: "whisper-large-v3" });
    expect(heard.text, facts.transcription).toBe("Good morning");
    const turbo = { file, model: "whisper-large-v3-turbo" };
    const failure = await failureOf(client.audio.translations.create(turbo));
    expect(failure.status, facts.turboTranslation).toBe(400);
  });
});
