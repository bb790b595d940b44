import type { IncomingMessage } from "node:http";
import { setImmediate } from "node:timers/promises";

/** Bytes after which a piece is handed over, though more may wait. */
export const fullPiece = 64_000;

/**
 * A message's body, all that has come in since the last time at once. Between two pieces the connection is not read:
 * a thousand packets a second, read one by one, take ten times the processor time.
 */
export async function* readWhenAsked(message: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  const { socket } = message;
  for await (const first of message as AsyncIterable<Uint8Array>) {
    const pieces = [first];
    for (let size = first.length; size < fullPiece && !message.complete;) {
      // In one turn of the event loop the socket takes over what waits in the system's buffer.
      await setImmediate();
      const next = message.read() as Uint8Array | null;
      if (next === null) break;
      pieces.push(next);
      size += next.length;
    }
    const isPaused = !message.complete;
    if (isPaused) socket.pause();
    yield Buffer.concat(pieces);
    if (isPaused) socket.resume();
  }
}
