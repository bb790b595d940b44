import { formatGoDuration } from "../time/goDuration";
import type { Refusal } from "../http/refusal";
import type { Switches } from "../switches";
import type { Dimension } from "./dimension";
import { waitForRefill } from "./refillingBucket";

/** A limit that a request exceeds. Counts are whole units. */
export interface ExceededLimit {
  readonly model: string;
  readonly organization: string;
  readonly tier: "on_demand" | "flex";
  readonly dimension: Dimension;
  readonly limit: number;
  readonly used: number;
  readonly requested: number;
}

type Wording = Switches["rateLimitWording"];

const upgradeHint = "Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

/** 429: the request has to wait until enough has drained (wording of public threads, read 2026-10). */
export function rateLimitReached(exceeded: ExceededLimit, wording: Wording): Refusal {
  const { dimension, limit, used } = exceeded;
  const waitMs = waitForRefill({ used, limit, windowMs: dimension.windowMs }, exceeded.requested);
  const pause = formatGoDuration(wording === "floatNoise" ? waitMs - 0.000001 : waitMs);
  const message =
    `Rate limit reached for ${where(exceeded, wording)}: Limit ${limit}, Used ${used}, ` +
    `Requested ${requestedText(exceeded, wording)}. Please try again in ${pause}. ` +
    needMore(wording);
  return {
    kind: "refusal",
    status: 429,
    error: { message, type: dimension.errorType, code: "rate_limit_exceeded" },
    headers: { "retry-after": String(Math.ceil(waitMs / 1_000)) },
  };
}

/** 413: the request exceeds the whole limit and can never be admitted unchanged. */
export function requestTooLarge(exceeded: ExceededLimit, wording: Wording): Refusal {
  const message =
    `Request too large for ${where(exceeded, wording)}: Limit ${exceeded.limit}, ` +
    `Requested ${requestedText(exceeded, wording)}, ` +
    `please reduce your message size and try again. ${needMore(wording)}`;
  return {
    kind: "refusal",
    status: 413,
    error: { message, type: exceeded.dimension.errorType, code: "rate_limit_exceeded" },
  };
}

function where(exceeded: ExceededLimit, wording: Wording): string {
  const label = wording === "namelessLimit" ? "" : exceeded.dimension.label;
  return (
    `model \`${exceeded.model}\` in organization \`${exceeded.organization}\` ` +
    `service tier \`${exceeded.tier}\` on ${label}`
  );
}

function requestedText(exceeded: ExceededLimit, wording: Wording): string {
  return wording === "approximateRequest" ? `~${exceeded.requested}` : `${exceeded.requested}`;
}

function needMore(wording: Wording): string {
  return `Need more tokens${wording === "percentEncoded" ? "%3F" : "?"} ${upgradeHint}`;
}
