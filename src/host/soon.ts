import type { Disposable } from "vscode";
import type { Clock } from "../core/dispatch/clock";

/** An act that is wanted often and needed once. */
export interface Soon extends Disposable {
  /** It runs a moment after the first of several calls. */
  call(): void;
}

/** After so many milliseconds: what only draws must not stand in the store before a request on its way. */
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
