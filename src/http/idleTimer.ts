/**
 * Aborts `signal` when nothing has restarted it for its time, when the outer signal aborts, and when it is
 * disposed of: a request that nobody reads any more holds no connection.
 */
export interface IdleTimer extends Disposable {
  readonly signal: AbortSignal;
  restart(): void;
  expired(): boolean;
}

/** A stream that says nothing for this long is given up; answers start within a second or two. */
export const defaultIdleMs = 45_000;

/** groq-sdk's own timeout stops counting once headers arrive, so a stalled stream needs this one. */
export function createIdleTimer(idleMs: number, outer: AbortSignal): IdleTimer {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, idleMs);
  const forward = () => controller.abort();
  if (outer.aborted) forward();
  outer.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    restart: () => timer.refresh(),
    expired: () => expired,
    [Symbol.dispose]() {
      clearTimeout(timer);
      outer.removeEventListener("abort", forward);
      controller.abort();
    },
  };
}
