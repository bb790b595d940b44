import { Groq } from "groq-sdk";
import { sendRequest } from "../http/sendRequest";
import type { BoundKey } from "../core/dispatch/credentials";

/** Applies until headers arrive; from then on the stream's own idle timer does. */
const headersTimeoutMs = 60_000;

/**
 * A client for one request. Every option is passed explicitly, since the SDK reads `GROQ_*` variables for
 * those that are not. Its retries are off: they ignore abort while they sleep and hide attempts from the
 * ledger.
 */
export function createGroqClient(key: BoundKey, userAgent: string): Groq {
  return new Groq({
    apiKey: key.apiKey,
    baseURL: key.baseUrl,
    timeout: headersTimeoutMs,
    maxRetries: 0,
    logLevel: "off",
    fetch: sendForSdk,
    defaultHeaders: { "User-Agent": userAgent },
    defaultQuery: {},
    dangerouslyAllowBrowser: false,
  });
}

function sendForSdk(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const { method = "GET", headers, body, signal } = init;
  return sendRequest(url instanceof Request ? url.url : url.toString(), {
    method,
    headers: new Headers(headers),
    ...(typeof body === "string" && { body }),
    signal: signal ?? AbortSignal.timeout(headersTimeoutMs),
  });
}
