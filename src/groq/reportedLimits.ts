import type { ReportedLimits } from "../core/limits/limits";
import { readHeaderPair } from "../http/limitHeaders";

/** Reads `x-ratelimit-*`: the requests of the day and the tokens of the minute. Malformed ones are left out. */
export function readReportedLimits(headers: Headers): ReportedLimits {
  const rpd = readHeaderPair(headers, "requests");
  const tpm = readHeaderPair(headers, "tokens");
  return { ...(rpd && { rpd }), ...(tpm && { tpm }) };
}
