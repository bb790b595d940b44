import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ChatModelEvent, ChatRequest } from "../../../src/core/dispatch/chatModel";
import { fail } from "../../../src/core/dispatch/failure";
import type { ServiceFailure } from "../../../src/core/dispatch/failure";
import { sendRequest } from "../../../src/http/sendRequest";
import { createOpenAiChatModel } from "../../../src/openai/openAiChatModel";
import { collect } from "../../fakes/asyncSteps";
import { FixedKey } from "../../fakes/fixedKey";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import { outcomeOf, request, textOf } from "../http/services";

let server: GroqServer;
beforeAll(async () => {
  server = await startGroqServer({ plan: "custom" });
});
afterAll(() => server.close());
vi.mock(import("../../../src/http/sendRequest"), { spy: true });
afterEach(() => vi.mocked(sendRequest).mockReset());

const never = new AbortController().signal;
const apiKey = "gsk_SECRET0123456789";

function model(keys = new FixedKey(`${server.origin}/openai/v1`, apiKey)) {
  return createOpenAiChatModel(keys, "groq-coder/test");
}

function ask(given: Partial<ChatRequest> = {}): Promise<ChatModelEvent[]> {
  return collect(model().stream({ ...request, ...given }, never));
}

describe("a whole answer", () => {
  it("comes as limits, reasoning, text, finish and usage", async () => {
    server.queueAnswer({ reasoning: "Hm, well.", content: "Något: 😀 **bold**" });
    const events = await ask();
    const kinds = events.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    expect(kinds.slice(0, 5)).toEqual(["limits", "reasoning", "text", "finish", "usage"]);
    expect(textOf(events)).toBe("Något: 😀 **bold**");
    expect(outcomeOf(events)).toBe("complete");
    const billed = server.bill().entries.at(-1);
    expect(events.findLast((event) => event.kind === "usage")?.usage).toMatchObject({
      promptTokens: billed?.promptTokens,
      completionTokens: billed?.completionTokens,
    });
  });

  it("is asked for with the cap, once, without Groq's fields", async () => {
    const before = server.requests.length;
    await ask({ reasoningEffort: "low", serviceTier: "flex" });
    const sent = server.requests.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toEqual({
      model: request.model,
      messages: request.messages,
      max_tokens: 600,
      reasoning_effort: "low",
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(sent[0]?.path).toBe("/openai/v1/chat/completions");
    expect(sent[0]?.headers["user-agent"]).toBe("groq-coder/test");
  });
});

/** A service that answers with these responses, and with the last one from then on. */
function stubService(...responses: (() => Response)[]) {
  const sent: { url: string; body: Record<string, unknown> }[] = [];
  vi.mocked(sendRequest).mockImplementation((url, { body = "" }) => {
    sent.push({ url, body: JSON.parse(body) as Record<string, unknown> });
    const next = responses[Math.min(sent.length, responses.length) - 1];
    if (next === undefined) throw new Error("nothing is answered");
    return Promise.resolve(next());
  });
  return sent;
}

const refusal =
  (status: number, error: unknown, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify({ error }), { status, headers });

const events =
  (...chunks: readonly (object | string)[]) =>
  () =>
    new Response(
      chunks
        .map((chunk) => `data: ${typeof chunk === "string" ? chunk : JSON.stringify(chunk)}\n\n`)
        .join(""),
      { headers: { "content-type": "text/event-stream; charset=utf-8" } },
    );

const delta = (content: string) => ({ choices: [{ index: 0, delta: { content } }] });
const finish = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
const usage = { choices: [], usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 } };
const whole = events(delta("Hi"), finish, usage, "[DONE]");

describe("the output cap has two names", () => {
  const unknownCap = refusal(400, {
    message: "Unsupported parameter: 'max_tokens' is not supported with this model.",
    type: "invalid_request_error",
    param: "max_tokens",
    code: "unsupported_parameter",
  });

  it("a service that knows only the newer one is asked again, and remembered", async () => {
    const sent = stubService(unknownCap, whole, whole);
    const once = model();
    for (let time = 0; time < 2; time++)
      expect(outcomeOf(await collect(once.stream(request, never)))).toBe("complete");
    expect(sent.map(({ body }) => [body["max_tokens"], body["max_completion_tokens"]])).toEqual([
      [600, undefined],
      [undefined, 600],
      [undefined, 600],
    ]);
  });

  it("but not for ever", async () => {
    const sent = stubService(unknownCap);
    expect(outcomeOf(await ask())).toBe("badRequest");
    expect(sent).toHaveLength(2);
  });

  it("and not for another complaint about it", async () => {
    const sent = stubService(refusal(400, { message: "too large", param: "max_tokens" }));
    expect(outcomeOf(await ask())).toBe("badRequest");
    expect(sent).toHaveLength(1);
  });
});

describe("the end", () => {
  it("without usage is an end all the same: not every service tells it", async () => {
    stubService(events(delta("Hi"), finish, "[DONE]"));
    const seen = await ask();
    expect(textOf(seen)).toBe("Hi");
    expect(outcomeOf(seen, "fallback")).toBe("complete");
  });

  it("without a finish is a cut", async () => {
    stubService(events(delta("Hi"), usage, "[DONE]"));
    expect(outcomeOf(await ask())).toBe("cutOff");
  });

  it("is at [DONE], whatever follows", async () => {
    stubService(events(delta("Hi"), finish, usage, "[DONE]", delta(" more")));
    expect(textOf(await ask())).toBe("Hi");
  });

  it("may come with comments and in other line ends", async () => {
    const text = `: PROCESSING\r\n\r\ndata: ${JSON.stringify(delta("Hi"))}\r\n\r\n: PING\r\n\r\ndata: ${JSON.stringify(finish)}\r\n\r\ndata: ${JSON.stringify(usage)}\r\n\r\n`;
    stubService(() => new Response(text, { headers: { "content-type": "text/event-stream" } }));
    expect(outcomeOf(await ask())).toBe("complete");
  });
});

describe("refusals of other services", () => {
  const check = (
    name: string,
    response: () => Response,
    expected: Partial<ServiceFailure> & { retryAfterMs?: number },
  ) =>
    it(name, async () => {
      stubService(response);
      const seen = await ask();
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({
        kind: "failure",
        failure: { ...expected, provider: "fallback" },
        billable: false,
      });
    });

  const quota = {
    message: "You exceeded your current quota",
    type: "insufficient_quota",
    code: "insufficient_quota",
  };
  check("OpenAI: no credit is not waited for", refusal(429, quota), { kind: "spendLimitReached" });
  check(
    "OpenAI: a spend limit",
    refusal(429, { message: "", code: "project_spend_limit_exceeded" }),
    { kind: "spendLimitReached" },
  );
  check("OpenRouter: no credit", refusal(402, { message: "Insufficient credits", code: 402 }), {
    kind: "spendLimitReached",
  });
  check(
    "OpenAI: the tokens of a minute",
    refusal(429, {
      message:
        "Rate limit reached for gpt-x in organization org-abc on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.",
      type: "tokens",
      code: "rate_limit_exceeded",
    }),
    { kind: "rateLimited", retryAfterMs: 2000 },
  );
  check("retry-after-ms", refusal(429, {}, { "retry-after-ms": "1500" }), {
    kind: "rateLimited",
    retryAfterMs: 1500,
  });
  check("retry-after", refusal(429, {}, { "retry-after": "7" }), {
    kind: "rateLimited",
    retryAfterMs: 7000,
  });
  check("a wrong key", refusal(401, { message: "Incorrect API key", code: "invalid_api_key" }), {
    kind: "invalidKey",
  });
  check(
    "a country",
    refusal(403, { message: "Country not supported", code: "unsupported_country" }),
    {
      kind: "permissionDenied",
    },
  );
  check("a page at 403", () => new Response("<html>", { status: 403 }), {
    kind: "blockedByNetwork",
  });
  check("Ollama: no such model", refusal(404, "model 'x' not found"), { kind: "badRequest" });
  check(
    "Mistral: fields at the top",
    () =>
      new Response('{"object":"error","message":"No","type":"invalid","code":3000}', {
        status: 422,
      }),
    { kind: "badRequest" },
  );
  check(
    "a model that is gone has no successor of Groq's",
    refusal(404, { message: "", code: "model_not_found" }),
    { kind: "modelGone", model: request.model },
  );
  const brokenBody = () =>
    new ReadableStream({ pull: (at) => at.error(new TypeError("terminated")) });
  check("a body that breaks off", () => new Response(brokenBody(), { status: 503 }), {
    kind: "serverError",
  });
  check("overloaded", refusal(529, { message: "Overloaded" }), { kind: "serverError" });

  it("an error in the stream breaks the answer off", async () => {
    stubService(
      events(delta("Hi"), { error: { message: "upstream died", code: 502 } }, delta("!")),
    );
    const seen = await ask();
    expect(textOf(seen)).toBe("Hi");
    expect(seen.at(-1)).toMatchObject({
      failure: { kind: "brokenOff", detail: "upstream died", provider: "fallback" },
      billable: true,
    });
  });
});

describe("the key", () => {
  it("does not come back in an error that repeats it", async () => {
    stubService(refusal(401, { message: `Incorrect API key provided: ${apiKey}.` }));
    const seen = await ask();
    expect(JSON.stringify(seen)).not.toContain("SECRET");
    expect(seen[0]).toMatchObject({ failure: { detail: "Incorrect API key provided: [key]." } });
  });

  it("is carried by no redirect", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const headers = { location: `${server.origin}/openai/v1/elsewhere` };
      server.queueFault({ kind: "status", status, body: {}, headers });
      const before = server.requests.length;
      expect((await ask()).at(-1)?.kind).toBe("failure");
      expect(server.requests.length - before).toBe(1);
    }
  });

  it("that cannot stand in a header is not sent", async () => {
    const sent = stubService(whole);
    const broken = model(new FixedKey("https://second.example", "a\nb"));
    expect(await collect(broken.stream(request, never))).toMatchObject([
      { failure: { kind: "invalidKey", detail: "", provider: "fallback" }, billable: false },
    ]);
    expect(sent).toEqual([]);
  });

  it("that is missing sends nothing", async () => {
    const sent = stubService(whole);
    const noKey = { kind: "noKey", provider: "fallback" } as const;
    const without = createOpenAiChatModel(
      { credentials: () => Promise.resolve(fail(noKey)) },
      "groq-coder/test",
    );
    expect(await collect(without.stream(request, never))).toEqual([
      { kind: "failure", failure: noKey, billable: false },
    ]);
    expect(sent).toEqual([]);
  });
});

describe("Stop", () => {
  it("reaches the socket, and ends the stream without a word", async () => {
    server.queueAnswer({ content: "one two three", fault: { kind: "stall", afterEvents: 5 } });
    const abort = new AbortController();
    const kinds: string[] = [];
    for await (const event of model().stream(request, abort.signal)) {
      kinds.push(event.kind);
      if (event.kind === "text") abort.abort();
    }
    expect(kinds).not.toContain("failure");
    await expect.poll(() => server.requests.at(-1)?.outcome?.finish).toBe("clientLeft");
  });

  it("before the request sends nothing", async () => {
    const before = server.requests.length;
    expect(await collect(model().stream(request, AbortSignal.abort()))).toEqual([]);
    expect(server.requests).toHaveLength(before);
  });
});
