import { Worker } from "node:worker_threads";
import { fail } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { ActName, StoreActs, StoreAnswer, StoreCall, StoreNews } from "./storeMessages";
import type { StorePlace } from "./storeMessages";

/** The connection to the worker: calls are posted as messages, in order, and come back as results. */
export interface StoreThread {
  call<Name extends ActName>(
    name: Name,
    ...parameters: Parameters<StoreActs[Name]>
  ): Promise<Result<ReturnType<StoreActs[Name]>>>;
  /** Lets what is under way finish, closes the file and ends the thread. */
  close(): Promise<void>;
}

type Pending = (answer: Result<unknown>) => void;

/** The thread starts with the first call and, after it has died, with the next one. */
export function createStoreThread(
  workerPath: string,
  place: StorePlace,
  onNews: () => void,
): StoreThread {
  const pending = new Map<number, Pending>();
  let unsent: StoreCall[] = [];
  let worker: Worker | undefined;
  let sequence = 0;

  function start(): Worker {
    // The flags of this process (an --eval, an --inspect) are not for the thread.
    const started = new Worker(workerPath, { workerData: place, execArgv: [] });
    started.unref();
    started.on("message", (message: readonly StoreAnswer[] | StoreNews) => {
      if ("news" in message) return onNews();
      for (const { sequence: answered, ...result } of message) answer(answered, result);
      if (pending.size === 0) started.unref();
    });
    started.on("error", (error) => abandon(started, error.message));
    started.on("exit", () => abandon(started, "the store's thread ended"));
    return started;
  }

  function answer(answered: number, result: Result<unknown>): void {
    pending.get(answered)?.(result);
    pending.delete(answered);
  }

  /** The thread is gone: every call under way fails, and the next one starts a new thread. */
  function abandon(gone: Worker, detail: string): void {
    // An error is followed by an exit, and by then another thread may be at work.
    if (worker !== gone) return;
    worker = undefined;
    for (const resolve of pending.values()) resolve(fail({ kind: "storeUnavailable", detail }));
    pending.clear();
  }

  function call<Name extends ActName>(
    name: Name,
    ...parameters: Parameters<StoreActs[Name]>
  ): Promise<Result<ReturnType<StoreActs[Name]>>> {
    const message: StoreCall<Name> = { sequence: ++sequence, name, parameters };
    if (unsent.push(message) === 1) queueMicrotask(send);
    return new Promise((resolve) => {
      // The worker answers what the act of this name returns.
      pending.set(message.sequence, resolve as Pending);
    });
  }

  /** Calls of one moment are posted as one message: waking a thread costs more than most calls do. */
  function send(): void {
    const calls = unsent;
    unsent = [];
    try {
      worker ??= start();
      worker.ref();
      worker.postMessage(calls);
    } catch (error) {
      const failed = fail({ kind: "storeUnavailable", detail: String(error) });
      for (const lost of calls) answer(lost.sequence, failed);
    }
  }

  return {
    call,
    async close() {
      if (worker === undefined && unsent.length === 0) return;
      await call("close");
      await worker?.terminate();
    },
  };
}
