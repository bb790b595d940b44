import * as z from "zod/mini";
import type { FailureEvent } from "../core/dispatch/chatModel";
import { classifyHttpError, classifyStreamError } from "./groqFailure";
import { readReportedLimits } from "./reportedLimits";

/** Errors of the network that come before anything was sent. */
const neverSentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  // TLS fails before the request goes out: proxies that look inside, clocks that are wrong.
  "EPROTO",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * Turns what groq-sdk threw into a failure. It is read by its shape, never by `instanceof`: an HTTP error
 * has a status; one inside a stream has a body but no status; a network error has a chain of causes.
 */
export function attemptFailure(attempt: {
  readonly error: unknown;
  /** Headers had arrived: the service was at work. */
  readonly started: boolean;
  readonly origin: string;
  readonly model: string;
}): FailureEvent {
  const { error, started, origin, model } = attempt;
  const { status, body, headers } = readSdkError(error);
  if (status !== undefined) {
    const failure = classifyHttpError({ status, body, headers, model });
    const reported = headers && readReportedLimits(headers);
    return { kind: "failure", failure, billable: false, ...(reported && { reported }) };
  }
  if (started && body !== undefined)
    return { kind: "failure", failure: classifyStreamError(body), billable: true };
  if (error instanceof SyntaxError) {
    const failure = { kind: "unreadableAnswer", detail: error.message.slice(0, 200) } as const;
    return { kind: "failure", failure, billable: true };
  }
  if (started) return { kind: "failure", failure: { kind: "cutOff" }, billable: true };
  const { detail, codes } = readCauses(error);
  const billable = !codes.some((code) => neverSentCodes.has(code));
  return { kind: "failure", failure: { kind: "unreachable", origin, detail }, billable };
}

const sdkErrorSchema = z.object({
  status: z.catch(z.optional(z.number()), undefined),
  error: z.optional(z.unknown()),
  headers: z.catch(z.optional(z.instanceof(Headers)), undefined),
});

function readSdkError(error: unknown): {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly headers: Headers | undefined;
} {
  const parsed = sdkErrorSchema.safeParse(error);
  if (!parsed.success) return { status: undefined, body: undefined, headers: undefined };
  return { status: parsed.data.status, body: parsed.data.error, headers: parsed.data.headers };
}

/** The innermost message says most: `fetch failed` alone helps nobody. */
function readCauses(error: unknown): {
  readonly detail: string;
  readonly codes: readonly string[];
} {
  const codes: string[] = [];
  let detail = "";
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (cause.message !== "") detail = cause.message;
    if ("code" in cause && typeof cause.code === "string") codes.push(cause.code);
    cause = cause.cause;
  }
  return { detail: detail.slice(0, 300), codes };
}
