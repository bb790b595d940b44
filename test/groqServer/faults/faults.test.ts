import { connect } from "node:net";
import Groq, { APIConnectionError } from "groq-sdk";
import { describe, expect, it } from "vitest";
import type { GroqServer } from "../groqServer";
import { chat, chatBody, eventsOf, gptOss, testKey } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";
import type { Fault } from "./fault";

type FaultOf<Kind extends Fault["kind"]> = Fault & { readonly kind: Kind };

/** A fault at a streamed answer "Grüße an alle" and what the client makes of it. */
interface Sight<Kind extends Fault["kind"]> {
  readonly fault: FaultOf<Kind>;
  see(server: GroqServer): Promise<void>;
}

const content = "Grüße an alle";

/** Bytes of a streamed answer as they come over TCP, until the connection ends. */
function overTcp(server: GroqServer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const body = JSON.stringify(chatBody({ stream: true }));
    const socket = connect(Number(new URL(server.origin).port), "127.0.0.1", () => {
      socket.write(
        "POST /openai/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
          `Authorization: Bearer ${testKey}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    socket.on("data", (part) => parts.push(part));
    socket.on("close", () => resolve(Buffer.concat(parts)));
  });
}

/** Reads a streamed answer until it contains a text, and leaves. */
async function readUntil(server: GroqServer, awaited: string): Promise<string> {
  const controller = new AbortController();
  const response = await fetch(`${server.origin}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${testKey}` },
    body: JSON.stringify(chatBody({ stream: true })),
    signal: controller.signal,
  });
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.includes(awaited)) break;
  }
  controller.abort();
  return text;
}

/** The text that groq-sdk has received when it ends, and the error that it throws, if any. */
async function throughSdk(server: GroqServer): Promise<{ text: string; error: unknown }> {
  const client = new Groq({ apiKey: testKey, baseURL: server.origin, maxRetries: 0 });
  const seen = { text: "", error: undefined as unknown };
  try {
    const stream = await client.chat.completions.create({
      model: gptOss,
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
    });
    for await (const chunk of stream) seen.text += chunk.choices[0]?.delta.content ?? "";
  } catch (error) {
    seen.error = error;
  }
  return seen;
}

const sights: { [Kind in Fault["kind"]]: Sight<Kind> } = {
  delay: {
    fault: { kind: "delay", delayMs: 5_000 },
    see: async (server) => {
      const answer = chat(server);
      await server.clock.whenSleeping();
      await server.clock.advance(5_000);
      expect((await answer).status).toBe(200);
    },
  },
  status: {
    fault: { kind: "status", status: 503, body: { a: 1 }, headers: { "retry-after": "7" } },
    see: async (server) => {
      const answer = await chat(server);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("7");
      expect(answer.json).toEqual({ a: 1 });
      expect(server.bill().total).toBe(0n);
    },
  },
  error: {
    fault: { kind: "error", error: "mcpAuthentication" },
    see: async (server) => {
      const answer = await chat(server);
      expect(answer.status).toBe(424);
      expect(answer.error["type"]).toBe("invalid_request_error");
    },
  },
  proxyPage: {
    fault: { kind: "proxyPage" },
    see: async (server) => {
      const answer = await chat(server);
      expect(answer.status).toBe(502);
      expect(answer.text).toMatch(/^<!DOCTYPE html>/);
    },
  },
  agentRefused: {
    fault: { kind: "agentRefused" },
    see: async (server) => {
      const answer = await chat(server);
      expect([answer.status, answer.text]).toEqual([403, "error code: 1010"]);
    },
  },
  reset: {
    fault: { kind: "reset" },
    see: async (server) => {
      const { error } = await throughSdk(server);
      expect(error).toBeInstanceOf(APIConnectionError);
    },
  },
  stall: {
    fault: { kind: "stall", afterEvents: 2 },
    see: async (server) => {
      const text = await readUntil(server, '"content":"Gr"');
      expect(text).not.toContain('"content":"ü');
    },
  },
  cut: {
    fault: { kind: "cut", afterEvents: 2, within: "event" },
    see: async (server) => {
      const answer = await chat(server, { stream: true });
      expect(eventsOf(answer)).toHaveLength(3);
      expect(answer.text).toMatch(/[^\n]$/);
      expect(server.bill().entries[0]?.completionTokens).toBe(1);
    },
  },
  missingDone: {
    fault: { kind: "missingDone" },
    see: async (server) => {
      const answer = await chat(server, { stream: true });
      expect(answer.text).toContain('"finish_reason":"stop"');
      expect(answer.text).not.toContain("[DONE]");
    },
  },
  errorEvent: {
    fault: { kind: "errorEvent", afterEvents: 2 },
    see: async (server) => {
      const { text, error } = await throughSdk(server);
      expect(text).toBe("Gr");
      expect(error).toMatchObject({ status: undefined, error: { code: "tool_use_failed" } });
    },
  },
  stoppedEarly: {
    fault: { kind: "stoppedEarly", afterEvents: 2, message: "over capacity" },
    see: async (server) => {
      const events = eventsOf(await chat(server, { stream: true }));
      expect(events.at(-2)?.data).toMatchObject({ x_groq: { error: "over capacity" } });
      expect(events.at(-1)?.data).toBe("[DONE]");
    },
  },
  garbage: {
    fault: { kind: "garbage", afterEvents: 2 },
    see: async (server) => {
      const events = eventsOf(await chat(server, { stream: true }));
      expect(events[2]?.data).toMatch(/^\{"id":"chatcmpl-/);
      expect(events.at(-1)?.data).toBe("[DONE]");
    },
  },
  slowDrip: {
    fault: { kind: "slowDrip", bytes: 100, everyMs: 10 },
    see: async (server) => {
      const answer = chat(server);
      await server.clock.whenSleeping();
      await server.clock.advance(1_000);
      expect(await answer).toMatchObject({ status: 200 });
      const passed = server.requests.at(-1)?.outcome?.finish;
      expect(passed).toBe("complete");
    },
  },
  wrongLength: {
    fault: { kind: "wrongLength", by: 10 },
    see: async (server) => {
      await expect(chat(server)).rejects.toThrow("terminated");
    },
  },
};

describe.each(Object.entries(sights))("fault %s", (_kind, { fault, see }) => {
  it("comes with a queued answer", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault });
    await see(server);
  });

  it("comes from the queue of faults, once", async () => {
    const server = await startForTest();
    server.queueAnswer({ content });
    server.queueFault(fault, { path: "/chat/completions" });
    await see(server);
    await expect.poll(() => server.requests[0]?.outcome?.fault).toBe(fault.kind);
    expect((await chat(server)).status).toBe(200);
  });
});

describe("where a fault strikes", () => {
  it("cuts inside a character", async () => {
    const server = await startForTest();
    const fault: Fault = { kind: "cut", afterEvents: 1, within: "character", ending: "abrupt" };
    server.queueAnswer({ content, fault });
    const bytes = await overTcp(server);
    const lastByte = bytes.subarray(0, bytes.lastIndexOf("\r\n")).at(-1) ?? 0;
    expect(lastByte).toBeGreaterThanOrEqual(0xc0);
  });

  it("cuts abruptly, so that a client sees a broken connection", async () => {
    const server = await startForTest();
    const fault: Fault = { kind: "cut", afterEvents: 2, within: "boundary", ending: "abrupt" };
    server.queueAnswer({ content, fault });
    const { text, error } = await throughSdk(server);
    expect(text).toBe("Gr");
    expect(error).toBeInstanceOf(Error);
  });

  it("cuts cleanly, so that groq-sdk notices nothing", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault: { kind: "cut", afterEvents: 2, within: "boundary" } });
    expect(await throughSdk(server)).toEqual({ text: "Gr", error: undefined });
  });

  it("resets in mid-stream", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault: { kind: "reset", afterEvents: 2 } });
    const { error } = await throughSdk(server);
    expect(error).toBeInstanceOf(Error);
  });

  it("stalls for a time and goes on", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault: { kind: "stall", afterEvents: 2, forMs: 30_000 } });
    const answer = chat(server, { stream: true });
    await server.clock.whenSleeping();
    await server.clock.advance(30_000);
    expect((await answer).text).toContain("[DONE]");
  });

  it("settles for a client that leaves during a delay", async () => {
    const server = await startForTest();
    server.queueFault({ kind: "delay", delayMs: 5_000 });
    const signal = new AbortController();
    const url = `${server.origin}/openai/v1/chat/completions`;
    const headers = { authorization: `Bearer ${testKey}` };
    const body = JSON.stringify(chatBody());
    const left = fetch(url, { method: "POST", headers, body, signal: signal.signal });
    await server.clock.whenSleeping();
    signal.abort();
    await expect(left).rejects.toThrow("aborted");
    await expect.poll(() => server.requests[0]?.outcome?.finish).toBe("clientLeft");
    expect(server.bill().entries).toMatchObject([{ promptTokens: 68, completionTokens: 0 }]);
  });

  it("garbles a plain body", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault: { kind: "garbage", afterEvents: 0 } });
    expect((await chat(server)).json).toBeUndefined();
  });

  it("announces a body that is longer than it says", async () => {
    const server = await startForTest();
    server.queueAnswer({ content, fault: { kind: "wrongLength", by: -10 } });
    expect((await chat(server)).json).toBeUndefined();
  });

  it.each([
    ["unprocessable", 422],
    ["internal", 500],
    ["badGateway", 502],
    ["overCapacity", 503],
    ["gatewayTimeout", 504],
  ] as const)("answers the documented error %s", async (error, status) => {
    const server = await startForTest();
    server.queueFault({ kind: "error", error });
    expect((await chat(server)).status).toBe(status);
    expect(server.bill().total).toBe(0n);
  });
});
