import type { LimitDimension, Need } from "../limits/limits";
import type { Ticket } from "../limits/rateLimiter";
import { longestAbsenceMs } from "../limits/sharedLimiter";
import type { SharedLimiter } from "../limits/sharedLimiter";
import type { Clock } from "./clock";
import { fail, succeed } from "./failure";
import type { Result } from "./failure";
import { requestClassOf } from "./task";
import type { DispatchTask } from "./task";

/** In milliseconds. A longer wait (for a daily limit) is reported to the user instead of waited out. */
export const longestWaitMs = 90_000;

export interface WaitingEvent {
  readonly kind: "waiting";
  /** When it will go, in milliseconds since the epoch. */
  readonly untilMs: number;
  readonly dimension: LimitDimension | "unknown";
}

/**
 * Waits in line for room in the limits and takes it. Refuses as soon as the wait still to come is longer than
 * `patienceMs`; a refusal has taken nothing.
 */
export async function* admit(
  clock: Clock,
  limiter: SharedLimiter,
  asking: { readonly need: Need; readonly task: DispatchTask; readonly patienceMs: number },
  signal: AbortSignal,
): AsyncGenerator<WaitingEvent, Result<Ticket>> {
  const { need, task, patienceMs } = asking;
  const requestClass = requestClassOf(task);
  let place: number | undefined;
  let toldUntilMs = 0;
  try {
    for (;;) {
      if (signal.aborted) return fail({ kind: "stopped" });
      const applicant = { need, requestClass };
      const entered = await limiter.enter(
        place === undefined ? applicant : { ...applicant, place },
      );
      if (!entered.ok) return entered;
      const entry = entered.value;
      switch (entry.kind) {
        case "admitted":
          place = undefined;
          return succeed(entry.ticket);
        case "never": {
          const { limit, dimension } = entry;
          return fail({ kind: "tooLarge", limit, needed: need.tokens, dimension });
        }
        case "wait": {
          const { ms, dimension } = entry;
          place = entry.place;
          if (ms > patienceMs)
            return fail({ kind: "rateLimited", dimension, retryAfterMs: ms, detail: "" });
          const untilMs = clock.now() + ms;
          if (Math.abs(untilMs - toldUntilMs) > toldToleranceMs) {
            toldUntilMs = untilMs;
            yield { kind: "waiting", untilMs, dimension };
          }
          await sleepUntilChange(clock, limiter, Math.min(ms, longestAbsenceMs), signal);
        }
      }
    }
  } finally {
    if (place !== undefined) await limiter.leave(place);
  }
}

/** In milliseconds: a countdown is sent again only if it is off by more than this. */
const toldToleranceMs = 500;

/** Wakes up early when the limits change: an answer that ends early frees room before the announced time. */
async function sleepUntilChange(
  clock: Clock,
  limiter: SharedLimiter,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  // An abort that came before the listener would go unheard.
  if (signal.aborted) return;
  const wake = new AbortController();
  const stop = () => wake.abort();
  const end = limiter.onChange(stop);
  signal.addEventListener("abort", stop);
  await clock.sleep(ms, wake.signal);
  signal.removeEventListener("abort", stop);
  end();
}
