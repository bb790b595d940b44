import { left, overCap, tightestCap } from "../budget/caps";
import type { CapState } from "../budget/caps";
import { costOf, tokensFor, uncachedUsage } from "../budget/price";
import type { FreeRoom } from "../limits/rateLimiter";
import type { Model } from "../models/model";
import type { TokenEstimate } from "../tokens/estimateTokens";
import { fail, succeed } from "./failure";
import type { Result } from "./failure";

/** The output that a task asks for, in tokens; the need is at least the floor. */
export interface OutputNeed {
  readonly model: Model;
  readonly outputNeed: number;
  readonly outputFloor: number;
}

/**
 * The output cap (`max_completion_tokens`): the least of the task's need, the model's cap, what a whole minute or
 * day admits beside the prompt, what the context leaves, and what the budget affords. Below the task's floor it
 * is refused with numbers: gpt-oss would answer nothing.
 */
export function sizeOutput(
  task: OutputNeed,
  prompt: TokenEstimate,
  room: FreeRoom,
  caps: readonly CapState[],
): Result<number> {
  const { model, outputNeed, outputFloor } = task;
  const { limit, dimension } = largestRequest(model, room);
  const cap = Math.min(outputNeed, model.maxOutputTokens ?? outputNeed, limit - prompt.upper);
  if (cap < outputFloor)
    return fail({ kind: "tooLarge", limit, needed: prompt.upper + outputFloor, dimension });
  return withinBudget(model, prompt, { cap, floor: outputFloor }, caps);
}

/** The most tokens that any request to the model can have, prompt and answer together, and what bounds it. */
export function largestRequest(
  { contextTokens = Number.POSITIVE_INFINITY }: Model,
  { tpm, tpd }: FreeRoom,
): { readonly limit: number; readonly dimension: "tpm" | "tpd" | "context" } {
  const minute = tpm?.limit ?? Number.POSITIVE_INFINITY;
  const day = tpd?.limit ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(minute, day, contextTokens);
  if (limit === minute) return { limit, dimension: "tpm" };
  return { limit, dimension: limit === day ? "tpd" : "context" };
}

function withinBudget(
  model: Model,
  prompt: TokenEstimate,
  output: { readonly cap: number; readonly floor: number },
  caps: readonly CapState[],
): Result<number> {
  const tightest = tightestCap(caps);
  if (tightest === undefined) return succeed(output.cap);
  const { price } = model;
  if (price === undefined) return fail({ kind: "noPrice", model: model.id });
  const costWith = (tokens: number) => costOf(uncachedUsage(prompt.bound, tokens), price);
  const rest = left(tightest) - costWith(0);
  const affordable = price.output === 0n ? output.cap : Number(tokensFor(rest, price.output));
  const cap = Math.min(output.cap, affordable);
  return cap < output.floor ? fail(overCap(tightest, costWith(output.floor))) : succeed(cap);
}
