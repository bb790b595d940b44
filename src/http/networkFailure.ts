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
  "UND_ERR_CONNECT_TIMEOUT",
  // TLS fails before the request is sent: proxies that inspect traffic, clocks that are wrong.
  "EPROTO",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  ...untrustedCodes,
]);

/** undici's message when a proxy refuses to open the tunnel: nothing has been sent to the service. */
const tunnelRefused = /^Proxy response \((\d{3})\) !== 200 when HTTP Tunneling$/;

/** The failure of a rejected `fetch`, or of a body that broke off. */
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
  const { detail, codes } = readCauses(error);
  const status = Number(tunnelRefused.exec(detail)?.[1] ?? 0);
  if (status > 0) {
    const failure = ofProvider({ kind: "blockedByNetwork", status, detail: "" }, provider);
    return { kind: "failure", failure, billable: false };
  }
  const billable = !codes.some((code) => neverSentCodes.has(code));
  const untrusted = codes.some((code) => untrustedCodes.has(code));
  const failure = ofProvider(
    untrusted
      ? { kind: "unreachable", origin, detail: withoutNodesAdvice(detail), untrusted }
      : { kind: "unreachable", origin, detail },
    provider,
  );
  return { kind: "failure", failure, billable };
}

/** The innermost message, which says most: `fetch failed` alone helps nobody. */
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

/** Node's messages advise how to start Node, which users of the editor do not do. */
function withoutNodesAdvice(detail: string): string {
  return detail.replace(/; if the root CA is installed locally.*$/, "");
}
