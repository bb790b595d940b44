import type { ReportedLimits } from "../core/limits/limits";
import { readDurationMs } from "../http/duration";
import { readHeaderPair } from "../http/limitHeaders";

const minuteMs = 60_000;

/**
 * Reads `x-ratelimit-*` as OpenAI documents them: requests and tokens per minute. Groq and some others
 * count requests per day under the same names; no limit of a minute takes longer than a minute to be
 * whole again, so a longer reset tells a day's.
 */
export function readReportedLimits(headers: Headers): ReportedLimits {
  const requests = readHeaderPair(headers, "requests");
  const tokens = readHeaderPair(headers, "tokens");
  return {
    ...(requests && (isDaily(headers, "requests") ? { rpd: requests } : { rpm: requests })),
    ...(tokens && (isDaily(headers, "tokens") ? { tpd: tokens } : { tpm: tokens })),
  };
}

function isDaily(headers: Headers, unit: "requests" | "tokens"): boolean {
  const reset = readDurationMs(headers.get(`x-ratelimit-reset-${unit}`) ?? "");
  return reset !== undefined && reset > minuteMs;
}
