import { Groq } from "groq-sdk";
import type { BoundKey } from "../core/dispatch/credentials";

/** Applies until headers arrive; from then on the stream's own idle timer does. */
const headersTimeoutMs = 60_000;

/**
 * A client for one request. Every option is passed explicitly, since the SDK reads `GROQ_*` variables for
 * those that are not. Its retries are off: they ignore abort while they sleep and hide attempts from the
 * ledger. Redirects fail, so that none carries the key to another origin.
 */
export function createGroqClient(key: BoundKey, userAgent: string): Groq {
  return new Groq({
    apiKey: key.apiKey,
    baseURL: key.baseUrl,
    timeout: headersTimeoutMs,
    maxRetries: 0,
    logLevel: "off",
    fetch: globalThis.fetch,
    fetchOptions: { redirect: "error" },
    defaultHeaders: { "User-Agent": userAgent },
    defaultQuery: {},
    dangerouslyAllowBrowser: false,
  });
}
