/** What a pair of headers says about one limit. */
export interface HeaderPair {
  readonly limit: number;
  readonly remaining: number;
}

/** Reads `x-ratelimit-limit-UNIT` and `x-ratelimit-remaining-UNIT`; undefined if malformed or if one is missing. */
export function readHeaderPair(
  headers: Headers,
  unit: "requests" | "tokens",
): HeaderPair | undefined {
  const limit = wholeNumber(headers.get(`x-ratelimit-limit-${unit}`));
  const remaining = wholeNumber(headers.get(`x-ratelimit-remaining-${unit}`));
  if (limit === undefined || remaining === undefined || limit === 0) return undefined;
  return { limit, remaining };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
