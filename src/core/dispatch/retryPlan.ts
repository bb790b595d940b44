import { longestWaitMs } from "./admission";
import type { Attempt } from "./attempt";
import type { Chance } from "./chance";
import type { Failure } from "./failure";
import type { DispatchTask } from "./task";

/** Another attempt: after a delay, and perhaps with a smaller task. */
export interface RetryPlan {
  readonly delayMs: number;
  readonly task: DispatchTask;
  /** Why it is tried again. */
  readonly failure: Failure;
}

/**
 * The one table of retries. Only what was not billed is repeated, and nothing that has begun to answer; all
 * other failures are the user's to decide. `times`: how often it has failed in this way, the last one included.
 */
export function planRetry(
  ended: Attempt,
  task: DispatchTask,
  times: number,
  chance: Chance,
): RetryPlan | undefined {
  const { outcome, maxCompletionTokens } = ended;
  if (outcome.kind === "complete" || !isUnbilled(ended) || maxCompletionTokens === 0)
    return undefined;
  const { failure } = outcome;
  const again = (most: number, delayMs: number): RetryPlan | undefined =>
    times <= most ? { delayMs, task, failure } : undefined;
  switch (failure.kind) {
    case "unreachable":
      // A certificate does not change within a second.
      return failure.untrusted === true ? undefined : again(2, backoffMs(times, chance));
    case "serverError":
      return again(2, backoffMs(times, chance));
    case "overCapacity":
      return again(retriesOnTier, backoffMs(times, chance)) ?? planOnDemand(failure, task);
    case "rateLimited":
      if (failure.retryAfterMs > longestWaitMs) return undefined;
      // Given numbers, the limiter knows how long to wait: the request goes back into line.
      return again(2, failure.told === undefined ? failure.retryAfterMs : 0);
    case "badRequest":
      // 422 "semantic error": Groq advises to repeat it as it is, once.
      return failure.status === 422 ? again(1, 0) : undefined;
    case "tooLarge":
      return times === 1 ? planSmaller(failure, task, maxCompletionTokens) : undefined;
    default:
      return undefined;
  }
}

/** Nothing was, or could have been, charged, and no part of an answer has been shown. */
export function isUnbilled({ outcome, answered }: Attempt): boolean {
  return outcome.settlement === undefined && !answered;
}

/** 498: the retries on a tier that has no room, with jittered waits in between. */
const retriesOnTier = 3;

/** A tier that stays full is given up for `on_demand`, at the same price. */
function planOnDemand(failure: Failure, task: DispatchTask): RetryPlan | undefined {
  const { serviceTier = "on_demand" } = task;
  if (serviceTier === "on_demand") return undefined;
  return { delayMs: 0, task: { ...task, serviceTier: "on_demand" }, failure };
}

/** A 413 names the limit and what was asked for: the excess is taken off the output cap, once. */
function planSmaller(
  failure: Extract<Failure, { kind: "tooLarge" }>,
  task: DispatchTask,
  maxCompletionTokens: number,
): RetryPlan | undefined {
  const { dimension, needed, limit } = failure;
  const outputNeed = maxCompletionTokens - (needed - limit);
  // A shorter answer does not make the input smaller.
  if (dimension === "body" || dimension === "itpm" || needed <= limit) return undefined;
  return outputNeed < task.outputFloor
    ? undefined
    : { delayMs: 0, task: { ...task, outputNeed }, failure };
}

/** 0.5 to 1 s after the first failure, then twice and four times that; random, so that windows do not retry together. */
function backoffMs(times: number, chance: Chance): number {
  return 1000 * 2 ** (times - 1) * (0.5 + chance.next() / 2);
}
