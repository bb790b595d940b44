import type { DispatchTask } from "../../src/core/dispatch/task";
import type { Dispatcher, DispatchEvent } from "../../src/core/dispatch/dispatcher";
import { succeed } from "../../src/core/dispatch/failure";
import type { Result } from "../../src/core/dispatch/failure";
import type { Forecast } from "../../src/core/dispatch/forecast";
import type { Settlement } from "../../src/core/dispatch/ledger";

/** One dispatched task, whose events the test decides. */
export class ControlledRun {
  readonly task: DispatchTask;
  readonly signal: AbortSignal;
  readonly #events: (DispatchEvent | Error)[] = [];
  #wake: (() => void) | undefined;

  constructor(task: DispatchTask, signal: AbortSignal) {
    this.task = task;
    this.signal = signal;
    signal.addEventListener("abort", () => this.#wake?.(), { once: true });
  }

  emit(...events: (DispatchEvent | Error)[]): void {
    this.#events.push(...events);
    this.#wake?.();
  }

  complete(): void {
    const outcome = { kind: "complete", finishReason: "stop", settlement: someSettlement } as const;
    this.emit({ kind: "ended", outcome });
  }

  async *events(): AsyncGenerator<DispatchEvent, void> {
    for (;;) {
      const event = this.#events.shift();
      if (event instanceof Error) throw event;
      if (event !== undefined) yield event;
      if (event?.kind === "ended") return;
      if (event !== undefined) continue;
      if (this.signal.aborted) {
        const outcome = { kind: "failed", failure: { kind: "stopped" } } as const;
        yield { kind: "ended", outcome };
        return;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A dispatcher that sends nothing and waits for the test to say what happens. */
export class ControlledDispatcher implements Dispatcher {
  readonly runs: ControlledRun[] = [];
  /** What every forecast says. */
  foretold: Forecast = {
    prompt: { likely: 100, upper: 132, bound: 132 },
    maxCompletionTokens: 2048,
    admission: { kind: "now" },
  };

  dispatch(task: DispatchTask, signal: AbortSignal): AsyncIterable<DispatchEvent> {
    const run = new ControlledRun(task, signal);
    this.runs.push(run);
    return run.events();
  }

  forecast(): Promise<Result<Forecast>> {
    return Promise.resolve(succeed(this.foretold));
  }

  /** The task dispatched last. */
  last(): ControlledRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error("nothing was dispatched");
    return run;
  }
}

const someSettlement: Settlement = {
  usage: { promptTokens: 120, cachedTokens: 0, completionTokens: 30, reasoningTokens: 5 },
  cost: 36_000_000n,
  estimated: false,
  timeToFirstTokenMs: 40,
  durationMs: 200,
};
