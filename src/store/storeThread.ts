import { Worker } from "node:worker_threads";
import { fail } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { ActName, StoreActs, StoreAnswer, StoreCall, StoreNews } from "./storeMessages";
import type { StorePlace } from "./storeMessages";

/** The way to the worker: calls go over as messages, in order, and come back as results. */
export interface StoreThread {
  call<Name extends ActName>(
    name: Name,
    ...parameters: Parameters<StoreActs[Name]>
  ): Promise<Result<ReturnType<StoreActs[Name]>>>;
  /** Lets what is under way finish, closes the file and ends the thread. */
  close(): Promise<void>;
}

type Pending = (answer: Result<unknown>) => void;

/** The thread starts with the first call, and anew with the next one after it died. */
export function createStoreThread(
  workerPath: string,
  place: StorePlace,
  onNews: () => void,
): StoreThread {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let sequence = 0;

  function start(): Worker {
    // What this process was started with (an --eval, an --inspect) is not for the thread.
    const started = new Worker(workerPath, { workerData: place, execArgv: [] });
    started.unref();
    started.on("message", (message: StoreAnswer | StoreNews) => {
      if ("news" in message) return onNews();
      const { sequence: answered, ...result } = message;
      pending.get(answered)?.(result);
      pending.delete(answered);
      if (pending.size === 0) started.unref();
    });
    started.on("error", (error) => abandon(started, error.message));
    started.on("exit", () => abandon(started, "the store's thread ended"));
    return started;
  }

  /** The thread is gone: every call under way is told, and the next one starts a new thread. */
  function abandon(gone: Worker, detail: string): void {
    // An error is followed by an exit, and by then another thread may be at work.
    if (worker !== gone) return;
    worker = undefined;
    for (const answer of pending.values()) answer(fail({ kind: "storeUnavailable", detail }));
    pending.clear();
  }

  function call<Name extends ActName>(
    name: Name,
    ...parameters: Parameters<StoreActs[Name]>
  ): Promise<Result<ReturnType<StoreActs[Name]>>> {
    const message: StoreCall<Name> = { sequence: ++sequence, name, parameters };
    try {
      worker ??= start();
      worker.ref();
      worker.postMessage(message);
    } catch (error) {
      return Promise.resolve(fail({ kind: "storeUnavailable", detail: String(error) }));
    }
    return new Promise((resolve) => {
      // The worker answers what the act of this name returns.
      pending.set(message.sequence, resolve as Pending);
    });
  }

  return {
    call,
    async close() {
      if (worker === undefined) return;
      const closing = worker;
      await call("close");
      await closing.terminate();
    },
  };
}
