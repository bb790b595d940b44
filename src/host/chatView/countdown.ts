import type { Disposable } from "vscode";
import type { AnswerStatus } from "../../core/chat/conversation";

/** Draws a waiting answer once a second, so that its countdown moves. */
export interface Countdown extends Disposable {
  /** Draws until the next call, if the answer waits for a time; undefined: there is no answer any more. */
  follow(status: AnswerStatus | undefined, draw: () => void): void;
}

export function createCountdown(): Countdown {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  return {
    follow(status, draw) {
      stop();
      if (status?.kind === "waiting" && status.untilMs !== undefined)
        timer = setInterval(draw, 1000);
    },
    dispose: stop,
  };
}
