import { Groq } from "groq-sdk";
import type { Credentials } from "../core/dispatch/credentials";

/** Until headers arrive; afterwards the stream's own idle timer counts. */
const headersTimeoutMs = 60_000;

/**
 * Whether a key can stand in a header at all. Node names the whole header in the error for one that cannot,
 * and so would show the key.
 */
export function isUsableKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

/**
 * A client for one request. Every option is passed explicitly, since the SDK reads `GROQ_*` variables for
 * those that are not. Its retries are off: they ignore abort while they sleep and hide attempts from the
 * ledger. Redirects fail, so that none carries the key to another origin.
 */
export function createGroqClient(credentials: Credentials, userAgent: string): Groq {
  return new Groq({
    apiKey: credentials.apiKey,
    baseURL: credentials.baseUrl,
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
