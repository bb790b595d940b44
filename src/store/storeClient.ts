import { Worker } from "node:worker_threads";
import type { Conversations } from "../core/chat/conversations";
import type { Caps } from "../core/budget/caps";
import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { Ledger, Reservation } from "../core/dispatch/ledger";
import type { StoreEvents } from "../core/dispatch/storeEvents";
import { openDoorbell } from "./doorbell";
import type { Doorbell } from "./doorbell";
import type { StoreOperations } from "./operations";
import type { OperationName, StoreAnswer, StoreCall } from "./storeMessages";

/** The store as the extension host sees it: each port's calls go to the worker thread. */
export interface StoreClient extends StoreEvents {
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  /** Lets what is under way finish, closes the file and ends the thread. */
  close(): Promise<void>;
}

type Pending = (answer: Result<unknown>) => void;

/**
 * `workerPath` is the bundled worker, `databasePath` the file. The thread starts with the first call, the
 * watch on other windows with the first listener.
 */
export function createStoreClient(workerPath: string, databasePath: string): StoreClient {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let sequence = 0;
  const listeners = new Set<() => void>();
  let doorbell: Promise<Doorbell | undefined> | undefined;

  function tellListeners(): void {
    for (const listener of listeners) listener();
  }

  /** Without a doorbell (no right to watch, say) this window still hears of its own changes. */
  function hang(): Promise<Doorbell | undefined> {
    return openDoorbell(`${databasePath}-doorbell`, tellListeners).catch(() => undefined);
  }

  /** The caller does not wait for the bell: a request must not wait for a slow disk twice. */
  async function spendChanged<T>(written: Promise<Result<T>>): Promise<Result<T>> {
    const result = await written;
    if (result.ok) void ring().catch(tellListeners);
    else tellListeners();
    return result;
  }

  async function ring(): Promise<void> {
    doorbell ??= hang();
    const bell = await doorbell;
    if (bell === undefined) tellListeners();
    else await bell.ring();
  }

  function start(): Worker {
    const started = new Worker(workerPath, { workerData: databasePath });
    started.unref();
    started.on("message", ({ sequence: answered, ...result }: StoreAnswer) => {
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

  function call<Name extends OperationName>(
    name: Name,
    ...parameters: Parameters<StoreOperations[Name]>
  ): Promise<Result<ReturnType<StoreOperations[Name]>>> {
    const message: StoreCall<Name> = { sequence: ++sequence, name, parameters };
    try {
      worker ??= start();
      worker.ref();
      worker.postMessage(message);
    } catch (error) {
      return Promise.resolve(fail({ kind: "storeUnavailable", detail: String(error) }));
    }
    return new Promise((resolve) => {
      // The worker answers what the operation of this name returns.
      pending.set(message.sequence, resolve as Pending);
    });
  }

  async function reserve(reservation: Reservation, caps: Caps): Promise<Result<void>> {
    const booked = await call("reserve", reservation, caps);
    if (!booked.ok) return booked;
    return booked.value === undefined ? succeed(undefined) : fail(booked.value);
  }

  return {
    ledger: {
      reserve: (reservation, caps) => spendChanged(reserve(reservation, caps)),
      settle: (id, settlement) => spendChanged(call("settle", id, settlement)),
      cancel: (id) => spendChanged(call("cancel", id)),
      spent: (scope) => call("spent", scope),
    },
    conversations: {
      create: (id, createdAt) => call("createConversation", id, createdAt),
      saveTurn: (conversationId, position, turn) =>
        call("saveTurn", conversationId, position, turn),
      load: (id) => call("loadConversation", id),
    },
    onSpendChange(listener) {
      doorbell ??= hang();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      (await doorbell)?.close();
      if (worker === undefined) return;
      const closing = worker;
      await call("close");
      await closing.terminate();
    },
  };
}
