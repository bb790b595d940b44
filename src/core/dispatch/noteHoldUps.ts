import type { WaitingEvent } from "./admission";
import type { Clock } from "./clock";
import type { DispatchEvent } from "./dispatcher";
import type { Failure } from "./failure";
import type { HoldUp, HoldUps } from "./holdUps";
import type { DispatchTask } from "./task";

/** Shorter waits are not worth a line in a report. */
const shortestMs = 1000;

/** Passes a dispatch on, and notes its waits and its refusal. A note that fails is lost: nothing depends on it. */
export async function* noteHoldUps(
  ports: { readonly clock: Clock; readonly holdUps: HoldUps },
  task: DispatchTask,
  events: AsyncIterable<DispatchEvent>,
): AsyncGenerator<DispatchEvent> {
  const { clock, holdUps } = ports;
  const note = (held: Pick<HoldUp, "kind" | "reason" | "waitedMs">): void => {
    const at = clock.now();
    const { id: model, provider } = task.model;
    const when = { at, day: clock.localDay(at), hour: clock.localHour(at) };
    void holdUps.note({ ...held, model, provider, ...when });
  };
  let waiting: { readonly sinceMs: number; readonly reason: HoldUp["reason"] } | undefined;
  for await (const event of events) {
    if (event.kind === "waiting")
      waiting ??= { sinceMs: clock.monotonic(), reason: reasonOf(event) };
    else if (waiting !== undefined) {
      const waitedMs = clock.monotonic() - waiting.sinceMs;
      if (waitedMs >= shortestMs) note({ kind: "wait", reason: waiting.reason, waitedMs });
      waiting = undefined;
    }
    if (
      event.kind === "ended" &&
      event.outcome.kind === "failed" &&
      isRefusal(event.outcome.failure)
    )
      note({ kind: "refusal", reason: event.outcome.failure.kind, waitedMs: 0 });
    yield event;
  }
}

/** A wait for a limit that the service did not name is filed under the refusal that caused it. */
function reasonOf({ dimension }: WaitingEvent): HoldUp["reason"] {
  return dimension === "unknown" ? "rateLimited" : dimension;
}

/** Whether limits or budget refused it, ours or the service's. */
function isRefusal({ kind }: Failure): boolean {
  switch (kind) {
    case "rateLimited":
    case "tooLarge":
    case "overCapacity":
    case "overCap":
    case "noPrice":
    case "spendLimitReached":
      return true;
    default:
      return false;
  }
}
