import { attempt } from "./attempt";
import type { Attempt, AttemptEvent, AttemptPorts, DispatchTask } from "./attempt";
import type { Chance } from "./chance";
import type { Failure } from "./failure";
import type { DispatchOutcome } from "./receipt";
import { planRetry } from "./retryPlan";

/** In order: the events of each attempt, `retrying` between two, then one `ended`. */
export type DispatchEvent =
  | AttemptEvent
  | { readonly kind: "retrying"; readonly untilMs: number; readonly failure: Failure }
  | { readonly kind: "ended"; readonly outcome: DispatchOutcome };

/** THE GATE: every request to Groq passes here, estimated, reserved, admitted, sent and settled. */
export interface Dispatcher {
  dispatch(task: DispatchTask, signal: AbortSignal): AsyncIterable<DispatchEvent>;
}

export interface DispatcherPorts extends AttemptPorts {
  readonly chance: Chance;
}

/** After this many requests in a row that the service failed, none is repeated until one succeeds. */
const failuresToOpenCircuit = 3;

export function createDispatcher(ports: DispatcherPorts): Dispatcher {
  let failedInARow = 0;

  /** Each attempt is estimated, reserved and settled by itself, so that ledger and limits see every one. */
  async function* dispatch(task: DispatchTask, signal: AbortSignal): AsyncGenerator<DispatchEvent> {
    let current = task;
    for (let attempts = 1; ; attempts++) {
      const ended = yield* attempt(ports, current, signal);
      failedInARow = isServiceFailure(ended) ? failedInARow + 1 : 0;
      const plan =
        failedInARow > failuresToOpenCircuit || signal.aborted
          ? undefined
          : planRetry(ended, current, attempts, ports.chance);
      if (plan === undefined) {
        yield { kind: "ended", outcome: ended.outcome };
        return;
      }
      const { clock } = ports;
      yield { kind: "retrying", untilMs: clock.now() + plan.delayMs, failure: plan.failure };
      await clock.sleep(plan.delayMs, signal);
      current = plan.task;
    }
  }

  return { dispatch };
}

function isServiceFailure({ outcome }: Attempt): boolean {
  if (outcome.kind === "complete") return false;
  return outcome.failure.kind === "serverError" || outcome.failure.kind === "unreachable";
}
