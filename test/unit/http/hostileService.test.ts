import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ChatModelEvent } from "../../../src/core/dispatch/chatModel";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { sendRequest } from "../../../src/http/sendRequest";
import { collect } from "../../fakes/asyncSteps";
import { outcomeOf, request, services, textOf } from "./services";

vi.mock(import("../../../src/http/sendRequest"), { spy: true });
// All of a body is there from the start: nobody has to wait between two looks at it.
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<object>()),
  setTimeout: () => Promise.resolve(),
}));
afterEach(() => vi.mocked(sendRequest).mockReset());

const origin = "https://service.example";
const stream = { "content-type": "text/event-stream" };

/** A service that answers with these bytes, in these pieces, and then ends or breaks off. */
function answer(pieces: readonly Uint8Array[], init: ResponseInit, breaks = false): void {
  vi.mocked(sendRequest).mockImplementation(() => {
    const waiting = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = waiting.shift();
        if (piece !== undefined) controller.enqueue(piece);
        else if (breaks) controller.error(new TypeError("terminated"));
        else controller.close();
      },
    });
    return Promise.resolve(new Response(body, init));
  });
}

const chunk = (choices: readonly object[], extra: object = {}) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices, ...extra })}\n\n`;
const delta = (part: object, finish_reason: string | null = null) =>
  chunk([{ index: 0, delta: part, finish_reason }]);

const patch = "*** Begin Patch\n*** Update File: a.ts\n@@\n-let a = 1;\n+let a = 2;\n*** End Patch";

const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
const beforeUsage = [
  delta({ role: "assistant", content: "" }),
  delta({ reasoning: "Hm." }),
  delta({ content: "Grüße, " }),
  delta({ content: "世界 😀" }),
  delta({}, "stop"),
].join("");
const sample = `${beforeUsage}${chunk([], { usage })}data: [DONE]\n\n`;
const bytes = new TextEncoder().encode(sample);
/** From here on the answer is whole: the blank line behind a chunk ends it. A second provider need not tell its usage. */
const wholeFrom = {
  groq: new TextEncoder().encode(beforeUsage + chunk([], { usage })).length,
  fallback: new TextEncoder().encode(beforeUsage).length,
};

describe.each(services)("$name, hostile or broken", ({ ask, provider }) => {
  const listen = (): Promise<ChatModelEvent[]> =>
    collect(ask(origin).stream(request, new AbortController().signal));

  it.each([false, true])(
    "an answer cut at any byte is no whole one (breaks: %s)",
    async (breaks) => {
      for (let length = 0; length <= bytes.length; length++) {
        answer([bytes.subarray(0, length)], { headers: stream }, breaks);
        const events = await listen();
        const expected = length >= wholeFrom[provider] ? "complete" : "cutOff";
        expect([length, outcomeOf(events, provider)]).toEqual([length, expected]);
        expect("Grüße, 世界 😀".startsWith(textOf(events))).toBe(true);
      }
    },
  );

  it("an answer in any pieces is whole", async () => {
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      answer(pieces, { headers: stream });
      const events = await listen();
      expect(outcomeOf(events, provider)).toBe("complete");
      expect(textOf(events)).toBe("Grüße, 世界 😀");
    }
  });

  it.each([
    ["apply_patch", JSON.stringify({ input: patch }), true],
    ["functions.apply_patch", patch, true],
    ["apply_patch", JSON.stringify({ command: ["apply_patch", patch] }), true],
    ["apply_patch", "{", false],
    ["run_shell", JSON.stringify({ input: patch }), false],
  ])("a call of %s with %s, which nobody offered", async (name, given, isEdit) => {
    const call = { index: 0, id: "c", type: "function", function: { name, arguments: given } };
    const called = delta({ content: null, tool_calls: [call] }) + delta({}, "tool_calls");
    answer([new TextEncoder().encode(`${called}${chunk([], { usage })}data: [DONE]\n\n`)], {
      headers: stream,
    });
    const events = await listen();
    expect(outcomeOf(events, provider)).toBe("complete");
    const edit = { kind: "patch", path: "a.ts" };
    expect(parseEdits(textOf(events)).edits).toMatchObject(isEdit ? [edit] : []);
  });

  it.each(["prompt_tokens", "completion_tokens"])("%s that no request can have", async (name) => {
    const absurd = { ...usage, [name]: 9e15 };
    const said = `${beforeUsage}${chunk([], { usage: absurd })}data: [DONE]\n\n`;
    answer([new TextEncoder().encode(said)], { headers: stream });
    const events = await listen();
    expect(outcomeOf(events, provider)).toBe(provider === "groq" ? "cutOff" : "complete");
    expect(events.map(({ kind }) => kind)).not.toContain("usage");
  });

  it("the quoted failure in mid-stream is a failed tool call", async () => {
    const quoted =
      'event: error\ndata: {"error":{"message":"Failed to call a function. Please adjust your prompt. See \'failed_generation\' for more details.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"Tool use failed: JSON does not match the expected schema for tool calls","status_code":400}}\n\n';
    answer([new TextEncoder().encode(delta({ content: "Hi" }) + quoted)], { headers: stream });
    const events = await listen();
    expect(outcomeOf(events, provider)).toBe("toolUseFailed");
    expect(events.at(-1)).toMatchObject({ billable: true });
    expect(textOf(events)).toBe("Hi");
  });

  it("what the model wrote instead of a call is given back", async () => {
    const error = {
      message: "Failed to call a function.",
      code: "tool_use_failed",
      failed_generation: '<function=say>{"text":"Bye"}</function>',
    };
    const failed = `event: error\ndata: ${JSON.stringify({ error })}\n\n`;
    answer([new TextEncoder().encode(delta({ content: "Hi" }) + failed)], { headers: stream });
    const streamed = await listen();
    expect(textOf(streamed)).toBe("Hi\n\nBye");
    expect(streamed.at(-1)?.kind).toBe("failure");

    answer([new TextEncoder().encode(JSON.stringify({ error }))], { status: 400 });
    const refused = await listen();
    expect(textOf(refused)).toBe("Bye");
    expect(refused.at(-1)).toMatchObject({ failure: { kind: "toolUseFailed" }, billable: true });
  });

  const value = fc.oneof(
    fc.anything(),
    fc.constantFrom("stop", "length", 0, -1, 2 ** 60, null, [], {}, "[DONE]"),
  );
  const part = fc.record(
    { content: value, reasoning: value, tool_calls: value, role: value },
    { requiredKeys: [] },
  );
  const hostileChunk = fc.record(
    {
      choices: fc.oneof(
        value,
        fc.array(
          fc.record({ delta: fc.oneof(part, value), finish_reason: value }, { requiredKeys: [] }),
          { maxLength: 3 },
        ),
      ),
      usage: fc.oneof(value, fc.record({ prompt_tokens: value, completion_tokens: value })),
      x_groq: fc.oneof(value, fc.record({ error: value, usage: value }, { requiredKeys: [] })),
      error: value,
    },
    { requiredKeys: [] },
  );
  const line = fc.oneof(
    hostileChunk.map((hostile) => `data: ${stringify(hostile)}\n\n`),
    fc.string().map((text) => `data: ${text}\n\n`),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "data: [DONE]\n\n",
      "event: error\n",
      ":\n\n",
      "\r\n\r\n",
      delta({ content: "a" }),
      delta({}, "stop"),
    ),
  );

  it("no sequence of chunks crashes it, or passes for whole without a finish", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.boolean(), async (lines, breaks) => {
        answer([new TextEncoder().encode(lines.join(""))], { headers: stream }, breaks);
        const events = await listen();
        const kinds = events.map(({ kind }) => kind);
        expect(kinds.lastIndexOf("failure")).toBeOneOf([-1, kinds.length - 1]);
        if (outcomeOf(events, provider) !== "complete") return;
        expect(kinds).toContain("finish");
        if (provider === "groq") expect(kinds).toContain("usage");
      }),
      { numRuns: 300 },
    );
  });

  it("no status, body or header crashes it, and none but 2xx is anything but a failure", async () => {
    const header = fc.constantFrom(
      "",
      "-1",
      "1e9",
      "NaN",
      "Infinity",
      "9".repeat(400),
      "soon",
      "7.5s",
    );
    const names = ["retry-after", "retry-after-ms", "content-type"].concat(
      ["requests", "tokens"].flatMap((unit) =>
        ["limit", "remaining", "reset"].map((what) => `x-ratelimit-${what}-${unit}`),
      ),
    );
    const headers = fc.dictionary(fc.constantFrom(...names), header);
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.anything().map((any) => new TextEncoder().encode(stringify(any))),
      hostileChunk.map((any) => new TextEncoder().encode(stringify({ error: any }))),
    );
    const status = fc.oneof(
      fc.constantFrom(200, 400, 401, 403, 404, 413, 422, 424, 429, 498, 500, 503),
      fc.integer({ min: 200, max: 599 }).filter((each) => ![204, 205, 304].includes(each)),
    );
    await fc.assert(
      fc.asyncProperty(status, headers, body, async (code, given, text) => {
        answer([text], { status: code, headers: given });
        const events = await listen();
        expect(outcomeOf(events, provider)).not.toBe("complete");
        if (code >= 300) expect(events.at(-1)?.kind).toBe("failure");
        for (const event of events)
          if (event.kind === "failure")
            for (const each of Object.values(event.failure)) expect(each).not.toBeNaN();
      }),
      { numRuns: 300 },
    );
  });

  it("an event without end is given up", async () => {
    const piece = new TextEncoder().encode(`data: ${"x".repeat(1_000_000)}`);
    answer([piece, piece, piece, piece, piece, piece], { headers: stream });
    expect(outcomeOf(await listen(), provider)).not.toBe("complete");
  });
});

/** JSON of anything; what has none is null. */
function stringify(value: unknown): string {
  const plain = (_key: string, each: unknown) => (typeof each === "bigint" ? String(each) : each);
  try {
    return JSON.stringify([value], plain).slice(1, -1);
  } catch {
    return "null";
  }
}
