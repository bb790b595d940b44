import { parentPort, workerData } from "node:worker_threads";
import type { Failure } from "../core/dispatch/failure";
import { DatabaseTooNew } from "./database";
import { openStoreOperations } from "./operations";
import type { StoreOperations } from "./operations";
import type { StoreAnswer, StoreCall } from "./storeMessages";

/** The store's thread: a held lock or a long query blocks here, never the extension host. */
function serve(path: string, post: (answer: StoreAnswer) => void): (call: StoreCall) => void {
  let operations: StoreOperations | undefined;
  return ({ sequence, name, parameters }) => {
    try {
      // Opened by the first call, and tried again by the next one if that failed.
      operations ??= openStoreOperations(path);
      const run: (...values: never[]) => unknown = operations[name];
      post({ sequence, ok: true, value: run(...(parameters as never[])) });
    } catch (error) {
      post({ sequence, ok: false, failure: failureOf(error) });
    }
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof DatabaseTooNew) return { kind: "storeTooNew" };
  return {
    kind: "storeUnavailable",
    detail: error instanceof Error ? error.message : String(error),
  };
}

parentPort?.on(
  "message",
  serve(String(workerData), (answer) => parentPort?.postMessage(answer)),
);
