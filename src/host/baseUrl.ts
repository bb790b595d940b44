import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";

/**
 * Brings a base URL to the form that groq-sdk expects: without `/openai/v1`, which it adds by itself.
 * Only https, and http to this machine, are allowed: anything else would expose the key to the network.
 */
export function normaliseBaseUrl(text: string): Result<string> {
  const url = readSafeUrl(text);
  // A user name and a password in the URL must not be shown.
  if (url === undefined)
    return fail({ kind: "invalidBaseUrl", url: text.replace(/\/\/[^/]*@/, "//…@") });
  const path = url.pathname.replace(/\/+$/, "").replace(/\/openai\/v1$/, "");
  return succeed(url.origin + path);
}

/** An https URL, or http to this machine, without user and password; undefined for anything else. */
export function readSafeUrl(text: string): URL | undefined {
  const url = URL.parse(text.trim());
  if (url === null || url.username !== "" || url.password !== "") return undefined;
  const isSafe =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return isSafe ? url : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}
