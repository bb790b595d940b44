import type { Disposable } from "vscode";
import type { Clock } from "../core/dispatch/clock";

/** An act that is requested often but needs to run only once in a while. */
export interface Soon extends Disposable {
  /** It runs a moment after the first of several calls. */
  call(): void;
}

/** In milliseconds: mere drawing must not queue in the store before a request under way. */
const momentMs = 60;

export function createSoon(clock: Pick<Clock, "sleep">, act: () => void): Soon {
  const ended = new AbortController();
  let isDue = false;

  async function run(): Promise<void> {
    await clock.sleep(momentMs, ended.signal);
    isDue = false;
    if (!ended.signal.aborted) act();
  }

  return {
    call() {
      if (isDue) return;
      isDue = true;
      void run();
    },
    dispose: () => ended.abort(),
  };
}
