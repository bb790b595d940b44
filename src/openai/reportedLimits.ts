import type { ReportedLimits } from "../core/limits/limits";
import { readDurationMs } from "../http/duration";
import { readHeaderPair } from "../http/limitHeaders";

const minuteMs = 60_000;

/**
 * Reads `x-ratelimit-*` as OpenAI documents them: requests and tokens per minute. Groq, and OpenAI for small
 * accounts, report requests per day under the same name. A minute's limit never takes longer than a minute to reset,
 * so a longer reset means a day's limit.
 */
export function readReportedLimits(headers: Headers): ReportedLimits {
  const requests = readHeaderPair(headers, "requests");
  const tpm = readHeaderPair(headers, "tokens");
  const reset = readDurationMs(headers.get("x-ratelimit-reset-requests") ?? "") ?? 0;
  return {
    ...(requests && (reset > minuteMs ? { rpd: requests } : { rpm: requests })),
    ...(tpm && { tpm }),
  };
}
