import type { HostMessage } from "../../protocol/chatMessages";

type Append = Extract<HostMessage, { type: "append" }>;

/** Joins text that comes in token by token into one message per frame. */
export interface AppendBuffer {
  add(append: Append): void;
  /** Sends what is waiting, so that a message after it finds the text in place. */
  flush(): void;
}

/** A message to a webview costs about 1.7 ms of its main thread whatever it carries: 30 a second at most. */
const flushEveryMs = 33;

export function createAppendBuffer(post: (message: Append) => void): AppendBuffer {
  let waiting: Append | undefined;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== undefined) post(waiting);
    waiting = undefined;
  }

  return {
    add(append) {
      if (waiting?.turnId === append.turnId && waiting.field === append.field) {
        waiting = { ...waiting, text: waiting.text + append.text };
      } else {
        flush();
        waiting = append;
      }
      timer ??= setTimeout(flush, flushEveryMs);
    },
    flush,
  };
}
