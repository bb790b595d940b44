import type { ReportedLimits } from "../core/limits/limits";

/** Reads `x-ratelimit-*`: the requests of the day and the tokens of the minute. Malformed ones are left out. */
export function readReportedLimits(headers: Headers): ReportedLimits {
  const rpd = pair(headers, "requests");
  const tpm = pair(headers, "tokens");
  return { ...(rpd && { rpd }), ...(tpm && { tpm }) };
}

function pair(
  headers: Headers,
  unit: "requests" | "tokens",
): { readonly limit: number; readonly remaining: number } | undefined {
  const limit = wholeNumber(headers.get(`x-ratelimit-limit-${unit}`));
  const remaining = wholeNumber(headers.get(`x-ratelimit-remaining-${unit}`));
  if (limit === undefined || remaining === undefined || limit === 0) return undefined;
  return { limit, remaining };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
