import type { FailureEvent } from "../core/dispatch/chatModel";
import type { ProviderId } from "../core/models/model";
import { ofProvider } from "./httpFailure";

/** The certificate comes from an authority that this machine does not trust, such as that of a proxy that inspects traffic. */
const untrustedCodes = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Errors of the network that come before anything was sent. */
const neverSentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  // TLS fails before the request is sent: proxies that inspect traffic, clocks that are wrong.
  "EPROTO",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  ...untrustedCodes,
]);

/** Messages of VS Code, when a proxy cannot be reached, and of Node, when TLS breaks off: nothing has been sent to the service. */
const neverSentWords =
  /^(?:Failed to establish a socket connection to proxies\b|Client network socket disconnected before secure TLS connection)/;
/** What Node was about when the error came: the request itself comes after it. */
const beforeSending = new Set(["connect", "getaddrinfo"]);

/** The failure of a request that got no response, or of a body that broke off. */
export function networkFailure(
  error: unknown,
  {
    started,
    origin,
    provider,
  }: {
    /** Headers had arrived, so the service was already working. */
    readonly started: boolean;
    readonly origin: string;
    readonly provider: ProviderId;
  },
): FailureEvent {
  if (started)
    return { kind: "failure", failure: ofProvider({ kind: "cutOff" }, provider), billable: true };
  const { detail, codes, calls } = readCauses(error);
  const neverSent =
    neverSentWords.test(detail) ||
    codes.some((code) => neverSentCodes.has(code)) ||
    calls.some((call) => beforeSending.has(call));
  const untrusted = codes.some((code) => untrustedCodes.has(code));
  const failure = ofProvider(
    untrusted
      ? { kind: "unreachable", origin, detail: withoutNodesAdvice(detail), untrusted }
      : { kind: "unreachable", origin, detail },
    provider,
  );
  return { kind: "failure", failure, billable: !neverSent };
}

/** The innermost message, which says most: the SDK's `Connection error.` alone helps nobody. */
function readCauses(error: unknown): {
  readonly detail: string;
  readonly codes: readonly string[];
  /** Of the system, which failed. */
  readonly calls: readonly string[];
} {
  const codes: string[] = [];
  const calls: string[] = [];
  let detail = "";
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (cause.message !== "") detail = cause.message;
    if ("code" in cause && typeof cause.code === "string") codes.push(cause.code);
    if ("syscall" in cause && typeof cause.syscall === "string") calls.push(cause.syscall);
    // A name with several addresses: each has its own error.
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return { detail: detail.slice(0, 300), codes, calls };
}

/** Node's messages advise how to start Node, which users of the editor do not do. */
function withoutNodesAdvice(detail: string): string {
  return detail.replace(/; if the root CA is installed locally.*$/, "");
}
