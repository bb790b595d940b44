import type { FailureEvent } from "../core/dispatch/chatModel";
import type { RequestFailure, ServiceFailure } from "../core/dispatch/failure";
import type { ReportedLimits } from "../core/limits/limits";
import { findModel } from "../core/models/catalogue";
import type { ProviderId } from "../core/models/model";
import { organizationIn, rateLimited, tooLarge } from "./limitFailure";
import { readServiceError } from "./serviceError";
import type { ServiceError } from "./serviceError";

/** A response with an error status. */
export interface RefusedResponse {
  readonly status: number;
  /** Parsed if it is JSON, otherwise its text; undefined if there was none. */
  readonly body: unknown;
  readonly headers: Headers | undefined;
  /** The model that was asked for. */
  readonly model: string;
  readonly provider: ProviderId;
}

/** The failure of a refused request, with what it says about limits and account. */
export function httpFailureEvent(
  response: RefusedResponse,
  reported: ReportedLimits | undefined,
): FailureEvent {
  const failure = classifyHttpError(response);
  const organization = organizationIn(readServiceError(response.body));
  return {
    kind: "failure",
    failure,
    // The model has worked for these two: its tokens may be billed.
    billable: failure.kind === "toolUseFailed" || failure.kind === "jsonInvalid",
    ...(reported && { reported }),
    ...(organization !== undefined && { organization }),
  };
}

/**
 * Classifies an HTTP error by status, code and type, for both services: their codes do not overlap. It never searches the
 * whole body: `failed_generation` repeats what the user wrote.
 */
export function classifyHttpError(response: RefusedResponse): ServiceFailure {
  const error = readServiceError(response.body);
  return ofProvider(failureOf(response, error, error.message.slice(0, 2000)), response.provider);
}

/** Classifies an error that came inside a stream, after a 200. What was generated may be billed. */
export function classifyStreamError(inner: unknown, provider: ProviderId): ServiceFailure {
  const error = readServiceError({ error: inner });
  const detail = error.message.slice(0, 2000);
  return ofProvider(failedGeneration(error, detail) ?? { kind: "brokenOff", detail }, provider);
}

/** Marks a failure of another service than Groq. */
export function ofProvider(failure: ServiceFailure, provider: ProviderId): ServiceFailure {
  return provider === "groq" ? failure : { ...failure, provider };
}

function failureOf(
  { status, headers, model, provider }: RefusedResponse,
  error: ServiceError,
  detail: string,
): ServiceFailure {
  const money = outOfMoney(status, error, detail);
  if (money !== undefined) return money;
  switch (status) {
    case 400:
    case 422:
      return badRequest(error, detail) ?? gone(error, model, provider) ?? other();
    case 401:
      return { kind: "invalidKey", detail };
    case 403:
      return permissionDenied(error, detail) ?? blocked(status, detail);
    case 404:
      return gone(error, model, provider) ?? other();
    case 407:
      return blocked(status, detail);
    case 413:
      return tooLarge(error);
    case 429:
      return rateLimited(error, headers);
    case 498:
      return { kind: "overCapacity", status, detail };
    case 408:
      // The service has waited too long for the request.
      return { kind: "serverError", status, detail };
    default:
      if (status >= 500) return { kind: "serverError", status, detail };
      // A redirect is no API's: the page of a hotel's network wants to be seen first, or the address is an old one.
      return status < 400 ? blocked(status, detail) : other();
  }

  function other(): ServiceFailure {
    return { kind: "badRequest", status, detail };
  }
}

/**
 * Codes of a spend limit: Groq's `blocked_api_access` and the `spend_*` family, OpenAI's quota and spend
 * codes, which come as 429 and must not be waited for. 402 is what OpenRouter and DeepSeek answer without credit.
 */
function outOfMoney(
  status: number,
  { code }: ServiceError,
  detail: string,
): ServiceFailure | undefined {
  const isOut =
    status === 402 ||
    (status === 400 && (code === "blocked_api_access" || code.startsWith("spend_"))) ||
    (status === 429 &&
      (code === "insufficient_quota" ||
        code === "billing_hard_limit_reached" ||
        code.endsWith("_spend_limit_exceeded")));
  return isOut ? { kind: "spendLimitReached", detail } : undefined;
}

function badRequest(error: ServiceError, detail: string): ServiceFailure | undefined {
  switch (error.code) {
    case "context_length_exceeded":
      return { kind: "contextTooLong", detail };
    case "organization_restricted":
      return { kind: "organizationRestricted", detail };
    default:
      return failedGeneration(error, detail);
  }
}

function failedGeneration(error: ServiceError, detail: string): RequestFailure | undefined {
  switch (error.code) {
    case "tool_use_failed":
      return { kind: "toolUseFailed", detail, generated: error.failedGeneration };
    case "json_validate_failed":
      return { kind: "jsonInvalid", detail, generated: error.failedGeneration };
    default:
      return undefined;
  }
}

function permissionDenied(error: ServiceError, detail: string): ServiceFailure | undefined {
  switch (error.code) {
    case "model_permission_blocked_org":
      return { kind: "permissionDenied", detail, scope: "organization" };
    case "model_permission_blocked_project":
      return { kind: "permissionDenied", detail, scope: "project" };
    default:
      // A proxy in between may also answer in JSON, but without codes and types.
      return error.code === "" && error.type === ""
        ? undefined
        : { kind: "permissionDenied", detail };
  }
}

/** Cloudflare's refusals are a line of text, `error code: 1010`, or a page. */
function blocked(status: number, detail: string): ServiceFailure {
  const frontCode = /^error code: (\d{4})$/.exec(detail.trim())?.[1];
  if (frontCode === undefined)
    return { kind: "blockedByNetwork", status, detail: detail.slice(0, 300) };
  return { kind: "blockedByNetwork", status, detail: "", frontCode: Number(frontCode) };
}

function gone(
  { code }: ServiceError,
  model: string,
  provider: ProviderId,
): RequestFailure | undefined {
  if (code !== "model_not_found" && code !== "model_decommissioned") return undefined;
  const successor = provider === "groq" ? findModel(model)?.successor : undefined;
  return { kind: "modelGone", model, ...(successor !== undefined && { successor }) };
}
