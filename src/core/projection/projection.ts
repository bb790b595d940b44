import { chargeOf } from "../budget/charge";
import { compareAmounts } from "../budget/money";
import type { Picodollars } from "../budget/money";
import type { TokenPrice } from "../budget/price";
import { limitDimensions, needOf, windowMs } from "../limits/limits";
import type { LimitDimension } from "../limits/limits";
import type { Model, RateLimits } from "../models/model";
import type { Workload } from "./workload";

/** What a workload would cost on one model, and how much of it the limits admit. */
export interface ModelProjection {
  readonly model: Model;
  /** At list prices; undefined where the price is not known. */
  readonly monthlyCost: Picodollars | undefined;
  readonly admitted: AdmittedCalls;
}

/** How many of the calls the limits admit if they are made one after another all day. */
export type AdmittedCalls =
  /** None of the limits is known. */
  | { readonly kind: "unknown" }
  /** A single call is larger than `limit`, in tokens or requests, of the model or the plan. */
  | {
      readonly kind: "never";
      readonly by: "context" | "maxOutput" | LimitDimension;
      readonly limit: number;
    }
  /** `binding`: the limit that is used up first. */
  | { readonly kind: "upTo"; readonly callsADay: number; readonly binding: LimitDimension };

/** All models, the cheapest first, those without a price last. The workload must have no `wrongFields`. */
export function projectModels(
  workload: Workload,
  rows: readonly { readonly model: Model; readonly limits: RateLimits }[],
): readonly ModelProjection[] {
  return rows
    .map(({ model, limits }) => ({
      model,
      monthlyCost: model.price === undefined ? undefined : monthlyCost(workload, model.price),
      admitted: admittedCalls(workload, model, limits),
    }))
    .toSorted((one, other) => compareAmounts(one.monthlyCost, other.monthlyCost));
}

/**
 * A month of it. Calls in a batch cost half and have no cache discount; discounted shares are rounded down to whole calls
 * and tokens.
 */
export function monthlyCost(workload: Workload, price: TokenPrice): Picodollars {
  const { callsADay, daysAMonth, batchPercent, cachedPercent } = workload;
  const calls = callsADay * daysAMonth;
  const batchCalls = share(calls, batchPercent);
  const usageOf = (count: number) => ({
    promptTokens: count * workload.inputTokens,
    cachedTokens: share(count * workload.inputTokens, cachedPercent),
    completionTokens: count * workload.outputTokens,
    reasoningTokens: 0,
  });
  return (
    chargeOf({ kind: "chat", usage: usageOf(calls - batchCalls), price }) +
    chargeOf({ kind: "chat", usage: usageOf(batchCalls), price, batch: true })
  );
}

/** The calls of a day that do not go in a batch: batches have limits of their own. */
export function liveCallsADay({ callsADay, batchPercent }: Workload): number {
  return callsADay - share(callsADay, batchPercent);
}

/**
 * The steady state of continuously refilling buckets. Cached tokens are counted in full: Groq gives them back
 * after the call, but needs room for them before.
 */
export function admittedCalls(
  { inputTokens, outputTokens }: Pick<Workload, "inputTokens" | "outputTokens">,
  { contextTokens, maxOutputTokens }: Pick<Model, "contextTokens" | "maxOutputTokens">,
  limits: RateLimits,
): AdmittedCalls {
  const need = { tokens: inputTokens + outputTokens, outputCap: outputTokens };
  if (maxOutputTokens !== undefined && outputTokens > maxOutputTokens)
    return { kind: "never", by: "maxOutput", limit: maxOutputTokens };
  if (contextTokens !== undefined && need.tokens > contextTokens)
    return { kind: "never", by: "context", limit: contextTokens };
  let least: AdmittedCalls = { kind: "unknown" };
  for (const dimension of limitDimensions) {
    const limit = limits[dimension];
    if (limit === undefined) continue;
    const own = needOf(need, dimension);
    if (own > limit) return { kind: "never", by: dimension, limit };
    const callsADay = Math.floor((limit * (windowMs.rpd / windowMs[dimension])) / own);
    if (least.kind === "unknown" || callsADay < least.callsADay)
      least = { kind: "upTo", callsADay, binding: dimension };
  }
  return least;
}

/** Rounded down, so that no discount is overstated; in integers, because a fraction would not be exact. */
function share(count: number, percent: number): number {
  return Number((BigInt(count) * BigInt(percent)) / 100n);
}
