import type { ReadableStreamReadResult } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * So long a body is left alone after each reading. Each token is a piece of its own, a thousand a second, and each addition
 * costs the host and the page the same whatever it brings: twenty a second still read as one flow.
 */
const restMs = 50;
/** So long a body may take to end when nobody wants the rest of it. */
const endMs = 100;
/** More is not held back for what may come with it, in characters. */
const fullGulp = 64_000;

/**
 * A body's text, all that has come in since the last time at once. The first is passed on when it comes; what waits in
 * between waits where the system keeps it, so a body that breaks off takes up to 50 ms of it along. Throws what
 * reading throws, and when the signal aborts.
 */
export async function* readGulps(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    let reading = read(reader);
    while (!(await reading).done) {
      let text = "";
      let piece: Piece | undefined = await reading;
      while (piece !== undefined && !piece.done) {
        text += decoder.decode(piece.value, { stream: true });
        reading = read(reader);
        piece = text.length < fullGulp ? await whatIsThere(reading) : undefined;
      }
      yield text;
      const isMoreToCome = piece === undefined && text.length < fullGulp;
      if (isMoreToCome) await sleep(restMs, undefined, { signal });
    }
  } finally {
    // Only a body that was read to its end leaves its connection to the next request; for one that does not end, none is kept.
    if (!signal.aborted) await Promise.race([readOut(reader), sleep(endMs)]);
    await reader.cancel().catch(() => undefined);
  }
}

type Piece = ReadableStreamReadResult<Uint8Array>;

/** An error waits for who asks for the piece, however long that takes: until then it is nobody's. */
function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Piece> {
  const reading = reader.read();
  reading.catch(() => undefined);
  return reading;
}

async function readOut(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // It broke off, and nobody wanted it.
  }
}

/** What a reading brings if it has not to be waited for; an error counts as an end here, and meets who waits for it. */
async function whatIsThere(reading: Promise<Piece>): Promise<Piece | undefined> {
  const turnOfTheLoop = new Promise<undefined>((resolve) => {
    setImmediate(() => resolve(undefined));
  });
  return Promise.race([reading, turnOfTheLoop]).catch(() => ({ done: true, value: undefined }));
}
