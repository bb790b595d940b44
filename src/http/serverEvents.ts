import { createParser } from "eventsource-parser";
import { readGulps } from "./gulps";
import type { IdleTimer } from "./idleTimer";

/** An event may be no larger, in characters: a chunk holds a few tokens, or an error with a generation. */
const largestEvent = 4_000_000;

/**
 * The data of the server-sent events of a body, those that came in together at a time. Throws where the body breaks off
 * or is none.
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
  for await (const text of readGulps(body, idle.signal)) {
    // Comments count, too: a service that queues a request keeps the connection alive with them.
    idle.restart();
    parser.feed(text);
    if (waiting.length > 0) yield waiting.splice(0);
  }
}
