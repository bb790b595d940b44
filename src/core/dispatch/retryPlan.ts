import { longestWaitMs } from "./attempt";
import type { Attempt, DispatchTask } from "./attempt";
import type { Chance } from "./chance";
import type { Failure } from "./failure";

/** Another attempt: after a while, and perhaps for less. */
export interface RetryPlan {
  readonly delayMs: number;
  readonly task: DispatchTask;
  /** What is tried again for. */
  readonly failure: Failure;
}

/**
 * The one table of retries. Only what was not billed is repeated, and nothing that has begun to answer; all
 * other failures are the user's to decide. `attempts` counts those made so far, the failed one included.
 */
export function planRetry(
  { outcome, answered, maxCompletionTokens }: Attempt,
  task: DispatchTask,
  attempts: number,
  chance: Chance,
): RetryPlan | undefined {
  if (outcome.kind === "complete" || outcome.settlement !== undefined || answered) return undefined;
  if (maxCompletionTokens === 0) return undefined;
  const { failure } = outcome;
  const again = (most: number, delayMs: number): RetryPlan | undefined =>
    attempts <= most ? { delayMs, task, failure } : undefined;
  switch (failure.kind) {
    case "serverError":
    case "unreachable":
      return again(2, backoffMs(attempts, chance));
    case "overCapacity":
      return again(3, backoffMs(attempts, chance));
    case "rateLimited":
      return failure.retryAfterMs <= longestWaitMs ? again(2, failure.retryAfterMs) : undefined;
    case "badRequest":
      // 422 "semantic error": Groq advises to repeat it as it is, once.
      return failure.status === 422 ? again(1, 0) : undefined;
    case "tooLarge":
      return attempts === 1 ? planSmaller(failure, task, maxCompletionTokens) : undefined;
    default:
      return undefined;
  }
}

/** A 413 names the limit and what was asked for: the overage is taken off the longest answer, once. */
function planSmaller(
  failure: Extract<Failure, { kind: "tooLarge" }>,
  task: DispatchTask,
  maxCompletionTokens: number,
): RetryPlan | undefined {
  const outputNeed = maxCompletionTokens - (failure.needed - failure.limit);
  if (failure.dimension === "body" || failure.needed <= failure.limit) return undefined;
  return outputNeed < task.outputFloor
    ? undefined
    : { delayMs: 0, task: { ...task, outputNeed }, failure };
}

/** 0.5 to 1 s after the first failure, then twice and four times that; spread, so that windows do not return together. */
function backoffMs(attempts: number, chance: Chance): number {
  return 1000 * 2 ** (attempts - 1) * (0.5 + chance.next() / 2);
}
