import type { Failure } from "../core/dispatch/failure";

/** The failure without the key in its words: a service, or a proxy before it, may repeat what it was sent. */
export function withoutKey(failure: Failure, apiKey: string): Failure {
  if (!("detail" in failure)) return failure;
  return { ...failure, detail: failure.detail.replaceAll(apiKey, "[key]") };
}
