import type * as Http from "node:http";
import type * as Https from "node:https";
import { createRequire } from "node:module";
import { readWhenAsked } from "./readWhenAsked";

// VS Code puts the user's proxy and certificates into what `require` gives for exactly these two names.
const require = createRequire(import.meta.url);
const http = require("http") as typeof Http;
const https = require("https") as typeof Https;

/** A host that does not answer by then is away; nothing was sent to it. */
const connectMs = 10_000;

export interface HttpRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Sends one request, once. Redirects are not followed, so that none carries the key away. The body is read from the
 * connection only when it is asked for. Throws Node's errors of the network, and when the signal aborts.
 */
export async function sendRequest(url: string, request: HttpRequest): Promise<Response> {
  return toResponse(await send(url, request));
}

function send(url: string, request: HttpRequest): Promise<Http.IncomingMessage> {
  const { method, headers, body, signal } = request;
  const options: Http.RequestOptions & { readonly highWaterMark: number } = {
    method,
    headers: Object.fromEntries(headers),
    // A paused socket stops reading after one packet: the rest waits in the system's buffer and costs nothing.
    highWaterMark: 1,
  };
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const sent = (new URL(url).protocol === "https:" ? https : http).request(url, options);
    const fail = (error: Error) => reject(signal.aborted ? signal.reason : error);
    let answer: Http.IncomingMessage | undefined;
    // Node's own way with a signal hands an error to the socket, which nobody listens to once the answer is whole.
    const stop = () => (answer ?? sent).destroy();
    signal.addEventListener("abort", stop);
    sent.on("response", (message) => resolve((answer = message)));
    sent.on("error", fail);
    sent.on("close", () => {
      signal.removeEventListener("abort", stop);
      fail(new Error("The connection was closed without an answer."));
    });
    giveUpConnecting(sent);
    sent.end(body);
  });
}

function giveUpConnecting(sent: Http.ClientRequest): void {
  const timer = setTimeout(() => {
    const error = new Error(`No connection after ${connectMs / 1000} s`);
    sent.destroy(Object.assign(error, { code: "ERR_SOCKET_CONNECTION_TIMEOUT" }));
  }, connectMs);
  const stop = () => clearTimeout(timer);
  sent.once("close", stop);
  sent.once("socket", (socket) => {
    if (socket.connecting) socket.once("connect", stop);
    else stop();
  });
}

/** `Response` takes no body with these. */
const withoutBody = new Set([204, 205, 304]);

function toResponse(message: Http.IncomingMessage): Response {
  const { statusCode: status = 0 } = message;
  if (status < 200 || status > 599) {
    message.destroy();
    throw new Error(`HTTP ${status}`);
  }
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct))
    for (const value of values) headers.append(name, value);
  if (withoutBody.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  const body = ReadableStream.from(readWhenAsked(message));
  const coding = headers.get("content-encoding");
  // None was asked for, but some proxies compress whatever passes them.
  const plain =
    coding === "gzip" || coding === "deflate"
      ? body.pipeThrough(new DecompressionStream(coding))
      : body;
  return new Response(plain, { status, headers });
}
