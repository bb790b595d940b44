import type { ReportedLimits } from "../core/limits/limits";
import { readDurationMs } from "../http/duration";
import { readHeaderPair } from "../http/limitHeaders";

const minuteMs = 60_000;

/**
 * Reads `x-ratelimit-*` as OpenAI documents them: requests and tokens per minute. Groq, and OpenAI for small
 * accounts, tell the requests of the day under the same name; no limit of a minute takes longer than a minute
 * to be whole again, so a longer reset tells a day's.
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
