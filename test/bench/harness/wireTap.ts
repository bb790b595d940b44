import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/**
 * Stands between the extension and a server, passes on what they say, and keeps the times. It asks for more output
 * than the extension does: a chat's answer is at most 2,048 tokens, and the goal for the painting is about 4,000.
 */
export interface WireTap {
  readonly url: string;
  /** When the last request for a completion reached the wire, in milliseconds since the epoch. */
  requestAt(): number;
  /** When the last token of an answer was on the wire. */
  lastTokenAt(): number;
  /** Later requests go to another server. */
  turnTo(server: URL): void;
  close(): Promise<void>;
}

const REQUEST = "POST /openai/v1/chat/completions";
const OUTPUT_CAP = /"max_completion_tokens":\d{4}(?=\D)/;
const TOKEN = '"delta":{"content":';

/** Opens a tap on a free port. */
export async function openWireTap(server: URL): Promise<WireTap> {
  let target = server;
  let requestAt = Number.NaN;
  let lastTokenAt = Number.NaN;
  const sockets = new Set<Socket>();
  const tap = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.once("error", () => socket.destroy());
    }
    client.on("data", (chunk) => {
      if (chunk.includes(REQUEST)) requestAt = epochNow();
      upstream.write(withMoreOutput(chunk));
    });
    client.once("end", () => upstream.end());
    upstream.on("data", (chunk) => {
      if (chunk.includes(TOKEN)) lastTokenAt = epochNow();
    });
    upstream.pipe(client);
  });
  tap.listen(0, "127.0.0.1");
  await once(tap, "listening");
  return {
    url: `http://127.0.0.1:${(tap.address() as AddressInfo).port}`,
    requestAt: () => requestAt,
    lastTokenAt: () => lastTokenAt,
    turnTo(other) {
      target = other;
      // Or a connection that is kept open would go on to the one before.
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      tap.close();
      await once(tap, "close");
    },
  };
}

/** As many digits as before, so that the length of the body stays. */
function withMoreOutput(chunk: Buffer): Buffer {
  const text = chunk.toString("latin1");
  return Buffer.from(text.replace(OUTPUT_CAP, '"max_completion_tokens":8192'), "latin1");
}

/** Milliseconds since the epoch, finer than `Date.now()`. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}
