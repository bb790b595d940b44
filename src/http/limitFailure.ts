import type { LimitFailure } from "../core/dispatch/failure";
import { windowMs } from "../core/limits/limits";
import { readDurationMs } from "./duration";
import type { ServiceError } from "./serviceError";

type TooLarge = Extract<LimitFailure, { kind: "tooLarge" }>;
type RateLimited = Extract<LimitFailure, { kind: "rateLimited" }>;

/** 413: larger than a whole limit, if the message names one with its numbers; otherwise larger than a body may be. */
export function tooLarge(error: ServiceError): TooLarge {
  const limit = numberAfter(error.message, "Limit");
  const needed = numberAfter(error.message, "Requested");
  const dimension =
    dimensionOf(error) ?? (error.code === "rate_limit_exceeded" ? "tpm" : undefined);
  if (dimension === undefined || limit === undefined || needed === undefined)
    return { kind: "tooLarge", limit: 0, needed: 0, dimension: "body" };
  return { kind: "tooLarge", limit, needed, dimension };
}

/**
 * 429, with its wait: `Please try again in 1m2.5s`, or else `retry-after-ms`, or else `retry-after` in seconds or as a date,
 * or else what its numbers come to, or else a minute; a day at most.
 */
export function rateLimited(error: ServiceError, headers: Headers | undefined): RateLimited {
  const words = /try again in ([0-9a-zµ.]{1,60})/.exec(error.message)?.[1];
  const dimension = dimensionOf(error) ?? "unknown";
  const told = numbersIn(error.message);
  const retryAfterMs =
    (words === undefined ? undefined : readDurationMs(words)) ??
    positive(headers?.get("retry-after-ms"), 1) ??
    positive(headers?.get("retry-after"), 1000) ??
    untilDate(headers) ??
    (told && waitFor(told, dimension)) ??
    defaultRetryMs;
  return {
    kind: "rateLimited",
    dimension,
    retryAfterMs: Math.min(retryAfterMs, longestRetryMs),
    detail: error.message.slice(0, 2000),
    ...(told && { told }),
  };
}

function numbersIn(message: string): RateLimited["told"] {
  const limit = numberAfter(message, "Limit");
  const used = numberAfter(message, "Used");
  const requested = numberAfter(message, "Requested");
  const isTold = limit !== undefined && used !== undefined && requested !== undefined;
  return isTold && limit > 0 ? { limit, used, requested } : undefined;
}

/** Until so much of a limit has refilled that the request fits; undefined where its window is not known. */
function waitFor(
  { limit, used, requested }: NonNullable<RateLimited["told"]>,
  dimension: RateLimited["dimension"],
): number | undefined {
  if (dimension === "unknown" || dimension === "itpm" || dimension === "otpm") return undefined;
  const over = used + requested - limit;
  return over > 0 ? (over / limit) * windowMs[dimension] : undefined;
}

const defaultRetryMs = 60_000;
/** No limit has a longer window. */
const longestRetryMs = 86_400_000;

/** The organisation that a refusal's message names, ``in organization `org_01kj…` ``. */
export function organizationIn(error: ServiceError): string | undefined {
  return /\bin organization `?(org[-_]\w{1,100})/.exec(error.message)?.[1];
}

function positive(header: string | null | undefined, unitMs: number): number | undefined {
  const value = header ? Number(header) : Number.NaN;
  return value >= 0 && Number.isFinite(value * unitMs) ? value * unitMs : undefined;
}

/** `retry-after` as a date, counted from the answer's own where it has one: clocks differ. */
function untilDate(headers: Headers | undefined): number | undefined {
  const until = Date.parse(headers?.get("retry-after") ?? "");
  const sent = Date.parse(headers?.get("date") ?? "");
  const ms = until - (Number.isNaN(sent) ? Date.now() : sent);
  return ms >= 0 ? ms : undefined;
}

/** The limit's short name in parentheses, e.g. `tokens per minute (TPM)`. */
function dimensionOf(
  error: ServiceError,
): (TooLarge["dimension"] & RateLimited["dimension"]) | undefined {
  switch (/\((RPM|RPD|TPM|TPD|ITPM|OTPM)\)/.exec(error.message)?.[1]) {
    case "RPM":
      return "rpm";
    case "RPD":
      return "rpd";
    case "TPM":
      return "tpm";
    case "TPD":
      return "tpd";
    case "ITPM":
      return "itpm";
    case "OTPM":
      return "otpm";
    default:
      return undefined;
  }
}

/** `Limit 8000` or `Requested ~12903`. */
function numberAfter(message: string, word: "Limit" | "Used" | "Requested"): number | undefined {
  const digits = new RegExp(`\\b${word} ~?(\\d{1,15})\\b`).exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
