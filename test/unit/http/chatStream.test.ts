import { describe, expect, it } from "vitest";
import type { ChatModelEvent } from "../../../src/core/dispatch/chatModel";
import type { ProviderId } from "../../../src/core/models/model";
import { readChatStream } from "../../../src/http/chatStream";
import { createIdleTimer } from "../../../src/http/idleTimer";
import { collect } from "../../fakes/asyncSteps";

describe("a streamed completion", () => {
  const chunk = (delta: object) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

  async function read(
    text: string,
    {
      contentType = "text/event-stream",
      provider = "groq",
    }: { readonly contentType?: string; readonly provider?: ProviderId } = {},
  ): Promise<readonly ChatModelEvent[]> {
    const headers = { "content-type": contentType };
    using idle = createIdleTimer(10_000, new AbortController().signal);
    return await collect(readChatStream(new Response(text, { headers }), provider, idle));
  }

  it("has one event for neighbouring text of one kind", async () => {
    const reasoning = ["Hm", ", well"].map((each) => chunk({ reasoning: each }));
    const content = ["Gr", "ü", "ße"].map((each) => chunk({ content: each }));
    expect(await read([...reasoning, ...content, chunk({ reasoning: "so" })].join(""))).toEqual([
      { kind: "reasoning", text: "Hm, well" },
      { kind: "text", text: "Grüße" },
      { kind: "reasoning", text: "so" },
    ]);
  });

  it("ends with its first failure, and keeps what came before it in the same moment", async () => {
    const broken = 'data: {"error":{"message":"over"}}\n\n';
    expect(await read(`${chunk({ content: "Hi" })}${broken}${chunk({ content: "no" })}`)).toEqual([
      { kind: "text", text: "Hi" },
      { kind: "failure", failure: { kind: "brokenOff", detail: "over" }, billable: true },
    ]);
  });

  it("may be labelled in capitals, and kept alive with empty events", async () => {
    const text = `data:\n\n${chunk({ content: "Hi" })}`;
    expect(await read(text, { contentType: "Text/Event-Stream; charset=UTF-8" })).toEqual([
      { kind: "text", text: "Hi" },
    ]);
  });

  it("may come whole, as JSON, from a service that does not stream", async () => {
    const json = { contentType: "application/json; charset=utf-8" };
    const message = { role: "assistant", reasoning: "Hm", content: "Grüße" };
    const whole = {
      choices: [{ index: 0, message, finish_reason: "stop" }],
      usage: { prompt_tokens: 80, completion_tokens: 3 },
    };
    expect(await read(JSON.stringify(whole), json)).toMatchObject([
      { kind: "reasoning", text: "Hm" },
      { kind: "text", text: "Grüße" },
      { kind: "finish", reason: "stop" },
      { kind: "usage", usage: { promptTokens: 80, completionTokens: 3 } },
    ]);
    expect(await read('{"error":{"message":"over"}}', json)).toMatchObject([
      { kind: "failure", failure: { kind: "brokenOff", detail: "over" } },
    ]);
    for (const text of ["{}", "", '{"choices":'])
      expect(await read(text, json)).toMatchObject([
        { kind: "failure", failure: { kind: "unreadableAnswer", detail: text } },
      ]);
  });

  it("has nothing behind [DONE]", async () => {
    const whole = `${chunk({ content: "Hi" })}data: [DONE]\n\n${chunk({ content: "no" })}data: x\n\n`;
    expect(await read(whole)).toEqual([{ kind: "text", text: "Hi" }]);
  });

  it("of a service that counts along is charged by no count from before its finish, unless that was the last", async () => {
    const other = { provider: "fallback" } as const;
    const counted = (tokens: number) => ({
      usage: { prompt_tokens: 80, completion_tokens: tokens },
    });
    const frames = (...parts: object[]) =>
      parts.map((part) => `data: ${JSON.stringify({ choices: [], ...part })}\n\n`).join("");
    const finish = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
    const usage = { promptTokens: 80, cachedTokens: 0, completionTokens: 7, reasoningTokens: 0 };
    expect(await read(frames(counted(1), counted(2)), other)).toEqual([]);
    const whole = [
      { kind: "finish", reason: "stop" },
      { kind: "usage", usage },
    ];
    expect(await read(frames(counted(1), { ...finish, ...counted(7) }), other)).toEqual(whole);
    expect(await read(frames(counted(7), finish), other)).toEqual(whole);
  });

  it("that Groq broke off is charged what Groq said it used", async () => {
    const usage = { prompt_tokens: 80, completion_tokens: 7 };
    const broken = { choices: [], x_groq: { error: "over capacity", usage } };
    expect(await read(`data: ${JSON.stringify(broken)}\n\n`)).toMatchObject([
      { kind: "usage", usage: { promptTokens: 80, completionTokens: 7 } },
      { kind: "failure", billable: true },
    ]);
  });

  it("ends with [DONE], also where the service does not close the connection", async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`${chunk({ content: "Hi" })}data: [DONE]\n\n`));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const headers = { "content-type": "text/event-stream" };
    using idle = createIdleTimer(10_000, new AbortController().signal);
    const events = await collect(readChatStream(new Response(body, { headers }), "groq", idle));
    expect(events).toEqual([{ kind: "text", text: "Hi" }]);
    expect(isCancelled).toBe(true);
    expect(idle.expired()).toBe(false);
  });
});
