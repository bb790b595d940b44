import { once } from "node:events";
import { createServer, globalAgent } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { networkFailure } from "../../../src/http/networkFailure";
import { sendRequest } from "../../../src/http/sendRequest";

type Handler = (response: ServerResponse, request: IncomingMessage) => void;

let server: Server;
let origin: string;
let handle: Handler;
const ports: (number | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    ports.push(request.socket.remotePort);
    handle(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function ask(answer: Handler, signal = new AbortController().signal): Promise<Response> {
  handle = answer;
  const headers = new Headers({ "content-type": "application/json" });
  return sendRequest(`${origin}/path?query`, { method: "POST", headers, body: '"Grüße"', signal });
}

/** An answer that the test writes while it is read. */
async function openAnswer(signal?: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  const asked = ask((response) => {
    response.flushHeaders();
    resolve(response);
  }, signal);
  const [response, { body }] = await Promise.all([promise, asked]);
  const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  return {
    response,
    reader,
    /** Resolves when the system has it. */
    write: (text: string) => new Promise((written) => response.write(text, written)),
    async read() {
      const { done, value } = await reader.read();
      return done ? undefined : decoder.decode(value, { stream: true });
    },
  };
}

describe("a request", () => {
  it("arrives as it was given, and its answer with status, headers and body", async () => {
    let body = "";
    const answer = await ask((response, request) => {
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        response.writeHead(429, [
          ["x-one", "1"],
          ["set-cookie", "a"],
          ["set-cookie", "b"],
        ]);
        response.end(`${request.method} ${request.url} ${request.headers["content-length"]}`);
      });
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("x-one")).toBe("1");
    expect(answer.headers.getSetCookie()).toEqual(["a", "b"]);
    expect(await answer.text()).toBe("POST /path?query 9");
    expect(body).toBe('"Grüße"');
  });

  it.each([204, 205, 304])("may be answered without a body (%i)", async (status) => {
    const answer = await ask((response) => response.writeHead(status).end());
    expect([answer.status, answer.body]).toEqual([status, null]);
  });

  it("follows no redirect", async () => {
    const before = ports.length;
    const answer = await ask((response) => response.writeHead(307, { location: "/" }).end());
    expect(answer.status).toBe(307);
    expect(ports.length - before).toBe(1);
  });

  it("is answered by no status that there is not", async () => {
    const answer = ask((response) => response.socket?.end("HTTP/1.1 777 Odd\r\n\r\n"));
    await expect(answer).rejects.toThrow("HTTP 777");
  });

  it.each(["", "no HTTP\r\n\r\n", "HTTP/1.1 101 Odd\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"])(
    "that is answered by %j fails",
    async (bytes) => {
      await expect(ask((response) => response.socket?.end(bytes))).rejects.toThrow();
    },
  );

  it("fails with the code of the network where nobody listens", async () => {
    const nowhere = sendRequest("http://127.0.0.1:9/", {
      method: "GET",
      headers: new Headers(),
      signal: new AbortController().signal,
    });
    await expect(nowhere).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("was not sent where the connection breaks before it is secured", async () => {
    const rude = createTcpServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(rude, "listening");
    const { port } = rude.address() as AddressInfo;
    const error: unknown = await sendRequest(`https://127.0.0.1:${port}/`, {
      method: "GET",
      headers: new Headers(),
      signal: new AbortController().signal,
    }).catch((thrown: unknown) => thrown);
    rude.close();
    expect(networkFailure(error, { started: false, origin, provider: "groq" })).toMatchObject({
      failure: { kind: "unreachable" },
      billable: false,
    });
  });

  it("gives up after ten seconds where nobody takes up the connection, and not before", async () => {
    vi.useFakeTimers();
    // A name that is never resolved: the socket goes on connecting.
    const connecting = () => connect({ host: "away", port: 80, lookup: () => undefined });
    vi.spyOn(globalAgent, "createConnection").mockImplementation(connecting);
    let error: unknown;
    const away = sendRequest("http://away.invalid/", {
      method: "GET",
      headers: new Headers(),
      signal: new AbortController().signal,
    }).catch((thrown: unknown) => (error = thrown));
    try {
      await vi.advanceTimersByTimeAsync(9999);
      expect(error).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      vi.useRealTimers();
      await away;
      expect(error).toMatchObject({
        code: "ERR_SOCKET_CONNECTION_TIMEOUT",
        message: "No connection after 10 s",
      });
    } finally {
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  });

  it("ends with its signal, before an answer and in its middle", async () => {
    const before = new AbortController();
    const waiting = ask(() => before.abort(), before.signal);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });

    const amid = new AbortController();
    const { response, write, read } = await openAnswer(amid.signal);
    const left = once(response, "close");
    await write("one");
    expect(await read()).toBe("one");
    amid.abort();
    await expect(read()).rejects.toThrow();
    await left;
  });

  it("ends with its signal where the whole answer has come, and nobody is left to hear of it", async () => {
    const late = new AbortController();
    const { response, read, reader } = await openAnswer(late.signal);
    const { socket } = response;
    const left = socket && once(socket, "close");
    response.end("all of it");
    expect(await read()).toBe("all of it");
    late.abort();
    await reader.cancel().catch(() => undefined);
    await left;
  });
});

describe("a body", () => {
  it("is read when it is asked for, and then what has come together", async () => {
    const { response, write, read } = await openAnswer();
    await write("first");
    expect(await read()).toBe("first");
    const written = Array.from({ length: 300 }, (_, at) => `${at} `);
    for (const piece of written) await write(piece);
    let text = "";
    let reads = 0;
    for (; text.length < written.join("").length; reads++) text += await read();
    expect(text).toBe(written.join(""));
    // The system takes over so many small packets in a few steps.
    expect(reads).toBeLessThan(10);
    response.end();
    expect(await read()).toBeUndefined();
  });

  it("of megabytes comes in pieces", async () => {
    const { response, read } = await openAnswer();
    response.end("x".repeat(3_000_000));
    const lengths: number[] = [];
    for (let text = await read(); text !== undefined; text = await read())
      lengths.push(text.length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(3_000_000);
    expect(Math.max(...lengths)).toBeLessThan(200_000);
  });

  it("that breaks off gives what had come", async () => {
    const { response, write, read } = await openAnswer();
    await write("first");
    expect(await read()).toBe("first");
    await write("second");
    response.socket?.resetAndDestroy();
    expect(await read()).toBe("second");
    await expect(read()).rejects.toThrow("aborted");
  });

  it("that nobody wants any more takes its connection along", async () => {
    const { response, write, read, reader } = await openAnswer();
    const left = once(response, "close");
    await write("first");
    await read();
    await reader.cancel();
    await left;
    expect(response.writableFinished).toBe(false);
  });

  it("that was read to its end leaves its connection to the next request", async () => {
    for (let time = 0; time < 2; time++) await (await ask((response) => response.end("a"))).text();
    expect(ports.at(-1)).toBe(ports.at(-2));
  });

  it.each([
    ["gzip", gzipSync("Grüße")],
    ["deflate", deflateSync("Grüße")],
  ])("is unpacked, though nothing was said of packing (%s)", async (coding, packed) => {
    const answer = await ask((response) =>
      response.writeHead(200, { "content-encoding": coding }).end(packed),
    );
    expect(await answer.text()).toBe("Grüße");
  });
});
