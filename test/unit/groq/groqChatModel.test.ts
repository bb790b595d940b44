import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatModelEvent, ChatRequest } from "../../../src/core/dispatch/chatModel";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { collect } from "../../fakes/asyncSteps";
import { FixedKey } from "../../fakes/fixedKey";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";

let server: GroqServer;
beforeAll(async () => {
  server = await startGroqServer({ plan: "custom" });
});
afterAll(() => server.close());

const request: ChatRequest = {
  model: "openai/gpt-oss-20b",
  messages: [
    { role: "system", content: "Answer briefly." },
    { role: "user", content: "Say something." },
  ],
  maxCompletionTokens: 600,
  reasoningEffort: "low",
};

/** Long enough for a busy machine. */
const idleMs = 10_000;

function stream(
  given: Partial<ChatRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): AsyncIterable<ChatModelEvent> {
  const keys = new FixedKey(server.origin);
  return createGroqChatModel(keys, "groq-coder/test", idleMs).stream(
    { ...request, ...given },
    signal,
  );
}

function textOf(events: readonly ChatModelEvent[]): string {
  return events.map((event) => (event.kind === "text" ? event.text : "")).join("");
}

describe("a whole answer", () => {
  it("comes as limits, reasoning, text, finish and usage", async () => {
    server.queueAnswer({ reasoning: "Hm, well.", content: "Något: 😀 **bold**" });
    const events = await collect(stream());
    const kinds = events.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    expect(kinds).toEqual(["limits", "reasoning", "text", "finish", "usage"]);
    expect(textOf(events)).toBe("Något: 😀 **bold**");
    const usage = events.find((event) => event.kind === "usage")?.usage;
    const billed = server.bill().entries.at(-1);
    expect(usage).toMatchObject({
      promptTokens: billed?.promptTokens,
      completionTokens: billed?.completionTokens,
    });
    expect(usage?.reasoningTokens).toBeGreaterThan(0);
  });

  it("is asked for with the cap, once, and with nothing that Groq refuses", async () => {
    const before = server.requests.length;
    await collect(stream());
    const sent = server.requests.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toEqual({
      model: request.model,
      messages: request.messages,
      max_completion_tokens: 600,
      reasoning_effort: "low",
      stream: true,
    });
    expect(sent[0]?.path).toBe("/openai/v1/chat/completions");
    expect(sent[0]?.headers["user-agent"]).toBe("groq-coder/test");
  });
});

describe("Stop", () => {
  it("reaches the socket, and ends the stream without a word", async () => {
    server.queueAnswer({ content: "one two three", fault: { kind: "stall", afterEvents: 5 } });
    const abort = new AbortController();
    const events: ChatModelEvent[] = [];
    for await (const event of stream({}, abort.signal)) {
      events.push(event);
      if (event.kind === "text") abort.abort();
    }
    expect(events.map(({ kind }) => kind)).not.toContain("failure");
    await expect.poll(() => server.requests.at(-1)?.outcome?.finish).toBe("clientLeft");
  });

  it("before the headers does too", async () => {
    server.queueAnswer({ content: "late", fault: { kind: "delay", delayMs: 10_000 } });
    const abort = new AbortController();
    const before = server.requests.length;
    const events = collect(stream({}, abort.signal));
    await expect.poll(() => server.requests.length).toBe(before + 1);
    abort.abort();
    expect(await events).toEqual([]);
    await expect.poll(() => server.requests.at(-1)?.outcome?.finish).toBe("clientLeft");
  });

  it("before the request sends nothing", async () => {
    const before = server.requests.length;
    expect(await collect(stream({}, AbortSignal.abort()))).toEqual([]);
    expect(server.requests).toHaveLength(before);
  });

  it("a reader that leaves at the first event leaves no connection behind", async () => {
    server.queueAnswer({ content: "one two", fault: { kind: "stall", afterEvents: 2 } });
    for await (const event of stream()) if (event.kind === "limits") break;
    await expect.poll(() => server.requests.at(-1)?.outcome?.finish).toBe("clientLeft");
  });
});

it("asks for the service tier that is wanted", async () => {
  await collect(stream({ serviceTier: "on_demand" }));
  expect(server.requests.at(-1)?.body).toMatchObject({ service_tier: "on_demand" });
});

describe("refusals", () => {
  const keyed = (apiKey: string) =>
    collect(
      createGroqChatModel(new FixedKey(server.origin, apiKey), "groq-coder/test").stream(
        request,
        new AbortController().signal,
      ),
    );

  it("a wrong key", async () => {
    expect(await keyed("gsk_wrong_key")).toMatchObject([
      { kind: "failure", failure: { kind: "invalidKey" }, billable: false },
    ]);
  });

  it.each(["gsk_line\nbreak123", "gsk_with space", "gsk_zero\u200bwidth", "gsk_é", ""])(
    "a key that is none is not sent, and not shown: %j",
    async (apiKey) => {
      const before = server.requests.length;
      const events = await keyed(apiKey);
      expect(events).toEqual([
        { kind: "failure", failure: { kind: "invalidKey", detail: "" }, billable: false },
      ]);
      expect(server.requests).toHaveLength(before);
    },
  );

  it("a model that is gone names its successor", async () => {
    expect(await collect(stream({ model: "llama-3.3-70b-versatile" }))).toMatchObject([
      { failure: { kind: "modelGone", successor: "openai/gpt-oss-120b" }, billable: false },
    ]);
  });

  it("a limit tells its headers", async () => {
    server.changeLimits(request.model, { tpm: 1000, rpd: 50 });
    server.useElsewhere(request.model, { inputTokens: 900 });
    const [failure] = await collect(stream());
    expect(failure).toMatchObject({
      kind: "failure",
      failure: { kind: "rateLimited", dimension: "tpm" },
      reported: { tpm: { limit: 1000 }, rpd: { limit: 50 } },
      billable: false,
    });
    server.changeLimits(request.model, {});
  });

  it("nobody listens there", async () => {
    const gone = await startGroqServer();
    await gone.close();
    const keys = new FixedKey(gone.origin);
    const model = createGroqChatModel(keys, "groq-coder/test");
    expect(await collect(model.stream(request, new AbortController().signal))).toMatchObject([
      { failure: { kind: "unreachable", origin: gone.origin }, billable: false },
    ]);
  });
});
