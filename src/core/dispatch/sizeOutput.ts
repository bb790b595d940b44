import { left, overCap, tightestCap } from "../budget/caps";
import type { CapState } from "../budget/caps";
import { costOf, tokensFor, uncachedUsage } from "../budget/price";
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
 * The output cap (`max_completion_tokens`): the least of the task's need, the model's cap, what a minute
 * admits beside the prompt, what the context leaves, and what the budget affords. Below the task's floor it
 * is refused with numbers: gpt-oss would answer nothing.
 */
export function sizeOutput(
  task: OutputNeed,
  prompt: TokenEstimate,
  tokensPerMinute: number | undefined,
  caps: readonly CapState[],
): Result<number> {
  const { model, outputNeed, outputFloor } = task;
  const context = model.contextTokens ?? Number.POSITIVE_INFINITY;
  const minute = tokensPerMinute ?? Number.POSITIVE_INFINITY;
  const room = Math.min(minute, context) - prompt.upper;
  const cap = Math.min(outputNeed, model.maxOutputTokens ?? outputNeed, room);
  if (cap < outputFloor)
    return fail({
      kind: "tooLarge",
      limit: Math.min(minute, context),
      needed: prompt.upper + outputFloor,
      dimension: minute <= context ? "tpm" : "context",
    });
  return withinBudget(model, prompt, { cap, floor: outputFloor }, caps);
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
