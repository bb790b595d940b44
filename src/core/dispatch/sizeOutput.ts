import type { Model } from "../models/model";
import type { TokenEstimate } from "../tokens/estimateTokens";
import { fail, succeed } from "./failure";
import type { Result } from "./failure";

/** The output that a task asks for, in tokens; the need is not under the floor. */
export interface OutputNeed {
  readonly model: Model;
  readonly outputNeed: number;
  readonly outputFloor: number;
}

/**
 * The output cap (`max_completion_tokens`): the least of the task's need, the model's cap, what a minute
 * admits beside the prompt, and what the context leaves. Below the task's floor it is refused with numbers.
 */
export function sizeOutput(
  task: OutputNeed,
  prompt: TokenEstimate,
  tokensPerMinute: number | undefined,
): Result<number> {
  const { model, outputNeed, outputFloor } = task;
  const context = model.contextTokens ?? Number.POSITIVE_INFINITY;
  const minute = tokensPerMinute ?? Number.POSITIVE_INFINITY;
  const room = Math.min(minute, context) - prompt.upper;
  const cap = Math.min(outputNeed, model.maxOutputTokens ?? outputNeed, room);
  if (cap >= outputFloor) return succeed(cap);
  return fail({
    kind: "tooLarge",
    limit: Math.min(minute, context),
    needed: prompt.upper + outputFloor,
    dimension: minute <= context ? "tpm" : "context",
  });
}
