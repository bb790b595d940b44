import type { Organization } from "../organization";
import type { Refusal } from "./refusal";

/**
 * Finds the organisation of a key: the one with the longest matching prefix. Keys that do not begin
 * with `gsk_` and keys that begin with `gsk_wrong` belong to nobody.
 */
export function authenticate(
  authorization: string | undefined,
  organizations: readonly Organization[],
): Organization | Refusal {
  const key = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  if (!key.startsWith("gsk_") || key.startsWith("gsk_wrong")) return invalidKey;
  const owners = organizations
    .map((organization) => ({ organization, match: longestMatch(organization, key) }))
    .filter(({ match }) => match > 0)
    .toSorted((a, b) => b.match - a.match);
  const owner = owners[0]?.organization;
  if (owner === undefined) return invalidKey;
  return owner.restricted ? restricted : owner;
}

function longestMatch(organization: Organization, key: string): number {
  const matching = organization.keyPrefixes.filter((prefix) => key.startsWith(prefix));
  return Math.max(0, ...matching.map((prefix) => prefix.length));
}

/** Quoted from public threads (read 2026-10). */
const invalidKey: Refusal = {
  kind: "refusal",
  status: 401,
  error: { message: "Invalid API Key", type: "invalid_request_error", code: "invalid_api_key" },
};

/** Quoted from a public thread (read 2026-10). */
const restricted: Refusal = {
  kind: "refusal",
  status: 400,
  error: {
    message:
      "Organization has been restricted. Please reach out to support if you believe this was in error.",
    type: "invalid_request_error",
    code: "organization_restricted",
  },
};

/** A key as it may be shown: its first eight characters. */
export function maskKey(authorization: string): string {
  return authorization.replace(/(\S{0,8})\S*$/, "$1…");
}
