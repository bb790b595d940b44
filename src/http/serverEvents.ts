import { setTimeout as sleep } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import type { IdleTimer } from "./idleTimer";
import { fullPiece } from "./readWhenAsked";

/** An event may be no larger, in characters: a chunk holds a few tokens, or an error with a generation. */
const largestEvent = 4_000_000;
/**
 * Milliseconds between two looks at a body. A fast model sends a thousand tokens a second, and each addition costs the host
 * and the page the same whatever it brings: twenty a second still read as one flow.
 */
const apartMs = 50;
/** Milliseconds that a body may take to end when nobody wants the rest of it. */
const endMs = 100;

/**
 * The data of the server-sent events of a body, those that came in together at a time. Throws where the body breaks off
 * or is none, and when the timer's signal aborts.
 */
export async function* readServerEvents(
  body: ReadableStream<Uint8Array>,
  idle: Pick<IdleTimer, "signal" | "restart">,
): AsyncGenerator<readonly string[], void> {
  const waiting: string[] = [];
  const parser = createParser({
    maxBufferSize: largestEvent,
    // Proxies keep connections alive with empty ones.
    onEvent: ({ data }) => data !== "" && waiting.push(data),
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      // Comments count, too: a service that queues a request keeps the connection alive with them.
      idle.restart();
      parser.feed(decoder.decode(piece.value, { stream: true }));
      if (waiting.length > 0) yield waiting.splice(0);
      // After a full one more is waiting already.
      if (piece.value.length < fullPiece) await sleep(apartMs, undefined, { signal: idle.signal });
    }
  } finally {
    if (!idle.signal.aborted) await Promise.race([readToEnd(reader), sleep(endMs)]);
    await reader.cancel().catch(() => undefined);
  }
}

/** Only a body that was read to its end leaves its connection to the next request; for one that does not end, none is kept. */
async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // It broke off: there is no connection to keep.
  }
}
