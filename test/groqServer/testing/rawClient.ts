import { z } from "zod";
import type { GroqServer } from "../groqServer";

/** A key that the default organisation owns. */
export const testKey = "gsk_test_key_0001";

/** A model with caching, reasoning and tools. */
export const gptOss = "openai/gpt-oss-20b";

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the text is not JSON. */
  readonly json: unknown;
  /** The inside of an error envelope; empty when there is none. */
  readonly error: Readonly<Partial<Record<string, string>>>;
}

const errorEnvelope = z.object({ error: z.record(z.string(), z.string()) });

/** Sends a request with the test's key, or with these headers. */
export async function send(
  server: GroqServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const response = await fetch(`${server.origin}/openai/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${testKey}`,
      ...(body instanceof FormData ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = parsed(text);
  const error = errorEnvelope.safeParse(json).data?.error ?? {};
  return { status: response.status, headers: response.headers, text, json, error };
}

/** Sends a chat request; a single user message and gpt-oss-20b unless told otherwise. */
export function chat(server: GroqServer, body: object = {}): Promise<RawAnswer> {
  return send(server, "POST", "chat/completions", chatBody(body));
}

/** A minimal chat body with these properties. */
export function chatBody(body: object = {}): object {
  return { model: gptOss, messages: [{ role: "user", content: "Hello" }], ...body };
}

/** One event of a stream. */
export interface StreamEvent {
  readonly event: string | undefined;
  /** Parsed, or text where it is not JSON, such as `[DONE]`. */
  readonly data: unknown;
}

/** The events of a streamed answer, the last one even when it is cut off. */
export function eventsOf(answer: RawAnswer): StreamEvent[] {
  const blocks = answer.text.split("\n\n").filter((block) => block !== "");
  return blocks.map((block) => {
    const data = /^data: (.*)$/m.exec(block)?.[1] ?? "";
    return { event: /^event: (.*)$/m.exec(block)?.[1], data: parsed(data) ?? data };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
