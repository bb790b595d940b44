import type { Usage } from "../budget/price";
import type { Need } from "./limits";

/**
 * One way in which Groq may count. None of this is documented, and each combination is possible:
 * whether unused reserved output is refunded; whether cached prompt tokens are returned when the answer
 * is done, never counted, or counted like others; and whether the headers of an answer show the
 * limits after or before its own admission. (Every request is streamed, and a stream's headers leave before
 * it settles: headers that show the settlement count as headers after the admission here.)
 */
export interface Hypothesis {
  readonly unusedOutput: "refunded" | "kept";
  readonly cachedTokens: "returned" | "neverCounted" | "kept";
  readonly headers: "afterAdmission" | "beforeAdmission";
}

/** What limits count of an answer. */
export type TokensUsed = Pick<Usage, "promptTokens" | "cachedTokens" | "completionTokens">;

export const hypotheses: readonly Hypothesis[] = (["refunded", "kept"] as const).flatMap(
  (unusedOutput) =>
    (["returned", "neverCounted", "kept"] as const).flatMap((cachedTokens) =>
      (["afterAdmission", "beforeAdmission"] as const).map((headers) => ({
        unusedOutput,
        cachedTokens,
        headers,
      })),
    ),
);

/** What the service took of the token limits when it admitted the request; known only once it has answered. */
export function tokensAtAdmission(hypothesis: Hypothesis, need: Need, used: TokensUsed): number {
  const uncounted = hypothesis.cachedTokens === "neverCounted" ? used.cachedTokens : 0;
  return used.promptTokens - uncounted + need.outputCap;
}

/** What the request has taken of the token limits in the end. */
export function tokensInTheEnd(hypothesis: Hypothesis, need: Need, used: TokensUsed): number {
  const returned = hypothesis.cachedTokens === "kept" ? 0 : used.cachedTokens;
  const output =
    hypothesis.unusedOutput === "kept"
      ? Math.max(need.outputCap, used.completionTokens)
      : used.completionTokens;
  return used.promptTokens - returned + output;
}
