import type { ChatModel, ChatModelEvent, ChatRequest } from "../../src/core/dispatch/chatModel";
import type { FakeClock } from "./fakeClock";

/** What the model does next: reports an event, lets time pass, falls silent until aborted, or breaks. */
export type ScriptedStep =
  | ChatModelEvent
  | { readonly kind: "passTime"; readonly ms: number }
  | { readonly kind: "hang" }
  | { readonly kind: "throw"; readonly error: Error };

/** A model that follows one script for each request, and ends silently when it is aborted. */
export class ScriptedChatModel implements ChatModel {
  readonly requests: ChatRequest[] = [];
  /** Streams that were begun and have not ended. */
  open = 0;
  readonly #scripts: (readonly ScriptedStep[])[];
  readonly #clock: FakeClock | undefined;

  constructor(scripts: readonly (readonly ScriptedStep[])[], clock?: FakeClock) {
    this.#scripts = [...scripts];
    this.#clock = clock;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatModelEvent, void> {
    this.requests.push(request);
    this.open++;
    try {
      for (const step of this.#scripts.shift() ?? []) {
        await Promise.resolve();
        if (signal.aborted) return;
        switch (step.kind) {
          case "passTime":
            this.#clock?.advance(step.ms);
            break;
          case "hang":
            await untilAborted(signal);
            return;
          case "throw":
            throw step.error;
          default:
            yield step;
        }
      }
    } finally {
      this.open--;
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
