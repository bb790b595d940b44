import { createParser } from "eventsource-parser";

/** An event may be no larger, in characters: a chunk holds a few tokens, or an error with a generation. */
const largestEvent = 4_000_000;

/** The data of each server-sent event of a body, as they come. Throws where the body breaks off or is none. */
export async function* readServerEvents(
  body: AsyncIterable<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const waiting: string[] = [];
  const parser = createParser({
    maxBufferSize: largestEvent,
    onEvent: ({ data }) => waiting.push(data),
  });
  for await (const bytes of body) {
    // Comments count, too: a service that queues a request keeps the connection alive with them.
    onBytes();
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* waiting.splice(0);
  }
}
