import * as z from "zod/mini";
import type { Failure } from "../core/dispatch/failure";
import type { LimitDimension } from "../core/limits/limits";
import { findModel } from "../core/models/catalogue";
import { readDurationMs } from "./duration";

const text = z.catch(z.string(), "");
const errorSchema = z.object({
  message: text,
  type: text,
  code: text,
  failed_generation: text,
});
type ErrorBody = z.infer<typeof errorSchema>;

/**
 * Classifies an HTTP error by status, code and type. Never by searching the whole body:
 * `failed_generation` repeats what the user wrote.
 */
export function classifyHttpError(response: {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers | undefined;
  readonly model: string;
}): Failure {
  const { status, headers, model } = response;
  const error = readErrorBody(response.body);
  const detail = error.message.slice(0, 2000);
  switch (status) {
    case 400:
    case 422:
      return badRequest(status, error, detail, model);
    case 401:
      return { kind: "invalidKey", detail };
    case 403:
      return error.type === "permissions_error" || error.code.startsWith("model_permission_blocked")
        ? { kind: "permissionDenied", detail }
        : { kind: "blockedByNetwork", status, detail };
    case 404:
      return error.code === "model_not_found" || error.code === "model_decommissioned"
        ? modelGone(model)
        : { kind: "badRequest", status, detail };
    case 413:
      return tooLarge(error);
    case 429:
      return rateLimited(error, headers);
    case 498:
      return { kind: "overCapacity", status, detail };
    default:
      return status >= 500
        ? { kind: "serverError", status, detail }
        : { kind: "badRequest", status, detail };
  }
}

/** Classifies an error that came inside a stream, after a 200. What was generated may be billed. */
export function classifyStreamError(body: unknown): Failure {
  const error = readErrorBody({ error: body });
  if (error.code === "tool_use_failed")
    return { kind: "toolUseFailed", detail: error.message, generated: error.failed_generation };
  return { kind: "brokenOff", detail: error.message.slice(0, 2000) };
}

function badRequest(status: number, error: ErrorBody, detail: string, model: string): Failure {
  if (error.code.startsWith("spend_")) return { kind: "spendLimitReached", detail };
  switch (error.code) {
    case "model_decommissioned":
    case "model_not_found":
      return modelGone(model);
    case "context_length_exceeded":
      return { kind: "contextTooLong", detail };
    case "tool_use_failed":
      return { kind: "toolUseFailed", detail, generated: error.failed_generation };
    case "blocked_api_access":
      return { kind: "spendLimitReached", detail };
    default:
      return { kind: "badRequest", status, detail };
  }
}

function modelGone(model: string): Failure {
  const successor = findModel(model)?.successor;
  return successor === undefined
    ? { kind: "modelGone", model }
    : { kind: "modelGone", model, successor };
}

function tooLarge(error: ErrorBody): Failure {
  const limit = numberAfter(error.message, "Limit");
  const needed = numberAfter(error.message, "Requested");
  if (error.code !== "rate_limit_exceeded" || limit === undefined || needed === undefined)
    return { kind: "tooLarge", limit: 0, needed: 0, dimension: "body" };
  return { kind: "tooLarge", limit, needed, dimension: dimensionOf(error) ?? "tpm" };
}

function rateLimited(error: ErrorBody, headers: Headers | undefined): Failure {
  const told = /try again in ([0-9a-z.]+)/.exec(error.message)?.[1];
  const retryAfterSeconds = Number(headers?.get("retry-after") ?? Number.NaN);
  const retryAfterMs =
    (told === undefined ? undefined : readDurationMs(told)) ??
    (retryAfterSeconds >= 0 && Number.isFinite(retryAfterSeconds)
      ? retryAfterSeconds * 1000
      : defaultRetryMs);
  const limit = numberAfter(error.message, "Limit");
  const used = numberAfter(error.message, "Used");
  const requested = numberAfter(error.message, "Requested");
  const isTold = limit !== undefined && used !== undefined && requested !== undefined;
  return {
    kind: "rateLimited",
    dimension: dimensionOf(error) ?? "unknown",
    retryAfterMs,
    detail: error.message.slice(0, 2000),
    ...(isTold && limit > 0 && { told: { limit, used, requested } }),
  };
}

const defaultRetryMs = 60_000;

/** The limit's short name in parentheses, e.g. `tokens per minute (TPM)`. */
function dimensionOf(error: ErrorBody): LimitDimension | undefined {
  switch (/\((RPM|RPD|TPM|TPD)\)/.exec(error.message)?.[1]) {
    case "RPM":
      return "rpm";
    case "RPD":
      return "rpd";
    case "TPM":
      return "tpm";
    case "TPD":
      return "tpd";
    default:
      return undefined;
  }
}

/** `Limit 8000` or `Requested ~12903`. */
function numberAfter(message: string, word: "Limit" | "Used" | "Requested"): number | undefined {
  const digits = new RegExp(`\\b${word} ~?(\\d{1,15})\\b`).exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The SDK hands over the whole body `{error: {…}}`, or nothing when it was not JSON. */
function readErrorBody(body: unknown): ErrorBody {
  const parsed = z.object({ error: errorSchema }).safeParse(body);
  if (parsed.success) return parsed.data.error;
  const message = typeof body === "string" ? body : "";
  return { message, type: "", code: "", failed_generation: "" };
}
