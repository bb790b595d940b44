import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Stands between the extension and a server, passes every byte on, and keeps the times. */
export interface WireTap {
  readonly url: string;
  /** When the last request for a completion reached the wire, in milliseconds since the epoch. */
  requestAt(): number;
  /** When the last token of an answer was on the wire. */
  lastTokenAt(): number;
  close(): Promise<void>;
}

const REQUEST = "POST /openai/v1/chat/completions";
const TOKEN = '"delta":{"content":';

/** Opens a tap on a free port. */
export async function openWireTap(server: URL): Promise<WireTap> {
  let requestAt = Number.NaN;
  let lastTokenAt = Number.NaN;
  const sockets = new Set<Socket>();
  const tap = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.once("error", () => socket.destroy());
    }
    client.on("data", (chunk) => {
      if (chunk.includes(REQUEST)) requestAt = epochNow();
    });
    upstream.on("data", (chunk) => {
      if (chunk.includes(TOKEN)) lastTokenAt = epochNow();
    });
    client.pipe(upstream).pipe(client);
  });
  tap.listen(0, "127.0.0.1");
  await once(tap, "listening");
  return {
    url: `http://127.0.0.1:${(tap.address() as AddressInfo).port}`,
    requestAt: () => requestAt,
    lastTokenAt: () => lastTokenAt,
    async close() {
      for (const socket of sockets) socket.destroy();
      tap.close();
      await once(tap, "close");
    },
  };
}

/** Milliseconds since the epoch, finer than `Date.now()`. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}
