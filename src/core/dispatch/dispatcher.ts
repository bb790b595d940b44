import type { ProviderId } from "../models/model";
import { longestWaitMs } from "./admission";
import { attempt } from "./attempt";
import type { Attempt, AttemptEvent, AttemptPorts } from "./attempt";
import type { Chance } from "./chance";
import type { Failure, Result } from "./failure";
import { forecast } from "./forecast";
import type { Forecast } from "./forecast";
import type { HoldUps } from "./holdUps";
import { noteHoldUps } from "./noteHoldUps";
import type { DispatchOutcome } from "./receipt";
import { isUnbilled, planRetry } from "./retryPlan";
import type { DispatchTask } from "./task";
import { findWaysOut, isForTheService } from "./waysOut";
import type { Offers, WaysOut } from "./waysOut";

/** In order: the events of each attempt, `retrying` or `fallingBack` between two, then one `ended`. */
export type DispatchEvent =
  | AttemptEvent
  | { readonly kind: "retrying"; readonly untilMs: number; readonly failure: Failure }
  /** From here on the second provider answers. */
  | { readonly kind: "fallingBack"; readonly model: string; readonly failure: Failure }
  | { readonly kind: "ended"; readonly outcome: DispatchOutcome; readonly waysOut?: WaysOut };

/** THE GATE: every request passes here, estimated, reserved, admitted, sent and settled. */
export interface Dispatcher {
  dispatch(task: DispatchTask, signal: AbortSignal): AsyncIterable<DispatchEvent>;
  /** What `dispatch` would do with the task now. */
  forecast(task: DispatchTask): Promise<Result<Forecast>>;
}

export interface DispatcherPorts extends AttemptPorts {
  readonly chance: Chance;
  readonly holdUps: HoldUps;
  /** What can be offered instead of a request that fails. */
  readonly offers: () => Offers;
}

/** After this many failures of the service in a row, failed requests are not retried until one succeeds. */
const failuresToOpenCircuit = 3;

export function createDispatcher(ports: DispatcherPorts): Dispatcher {
  const failedInARow = new Map<ProviderId, number>();

  /** Each attempt is estimated, reserved and settled by itself, so that ledger and limits see every one. */
  async function* persist(
    task: DispatchTask,
    signal: AbortSignal,
  ): AsyncGenerator<DispatchEvent, Attempt> {
    const { provider } = task.model;
    const timesOf = new Map<Failure["kind"], number>();
    let current = task;
    for (;;) {
      const before = failedInARow.get(provider) ?? 0;
      // A task that may fall back does not wait in line for a service that is down.
      const patienceMs =
        before >= failuresToOpenCircuit && task.fallback !== undefined ? 0 : longestWaitMs;
      const ended = yield* attempt(ports, current, patienceMs, signal);
      // Looked up again: other requests may have ended meanwhile.
      const failed = countFailures(failedInARow.get(provider) ?? 0, ended);
      failedInARow.set(provider, failed);
      const failure = failureOf(ended);
      if (failure === undefined || failed > failuresToOpenCircuit || signal.aborted) return ended;
      const times = (timesOf.get(failure.kind) ?? 0) + 1;
      timesOf.set(failure.kind, times);
      const plan = planRetry(ended, current, times, ports.chance);
      if (plan === undefined) return ended;
      const { clock } = ports;
      yield { kind: "retrying", untilMs: clock.now() + plan.delayMs, failure: plan.failure };
      await clock.sleep(plan.delayMs, signal);
      current = plan.task;
    }
  }

  async function* dispatch(task: DispatchTask, signal: AbortSignal): AsyncGenerator<DispatchEvent> {
    const { fallback, ...rest } = task;
    const first = yield* persist(task, signal);
    const failure = failureOf(first);
    if (failure === undefined) {
      yield { kind: "ended", outcome: first.outcome };
      return;
    }
    if (fallback !== undefined && isUnbilled(first) && mayFallBack(failure) && !signal.aborted) {
      yield { kind: "fallingBack", model: fallback.id, failure };
      const second = yield* persist({ ...rest, model: fallback }, signal);
      yield { kind: "ended", outcome: second.outcome };
      return;
    }
    const waysOut = await findWaysOut(ports, task, failure, ports.offers());
    yield { kind: "ended", outcome: first.outcome, ...(waysOut !== undefined && { waysOut }) };
  }

  return {
    dispatch: (task, signal) => noteHoldUps(ports, task, dispatch(task, signal)),
    forecast: (task) => forecast(ports, task),
  };
}

function failureOf({ outcome }: Attempt): Failure | undefined {
  return outcome.kind === "failed" ? outcome.failure : undefined;
}

/** Not when it is too large for a minute: the user should make it smaller, and may not want it sent elsewhere. */
function mayFallBack(failure: Failure): boolean {
  return failure.kind === "rateLimited" || isForTheService(failure);
}

/** Failures in a row after one more attempt. An attempt that was not sent says nothing about the service. */
function countFailures(before: number, { outcome, maxCompletionTokens }: Attempt): number {
  if (outcome.kind === "complete") return 0;
  if (maxCompletionTokens === 0) return before;
  const { kind } = outcome.failure;
  return kind === "serverError" || kind === "unreachable" ? before + 1 : 0;
}
