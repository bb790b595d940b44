import { parentPort, workerData } from "node:worker_threads";
import type { Failure } from "../core/dispatch/failure";
import { DatabaseTooNew } from "./database";
import type { StoreAnswer, StoreCall, StoreNews, StorePlace } from "./storeMessages";
import { openStoreSession } from "./storeSession";
import type { StoreSession } from "./storeSession";

/** The store's thread: a held lock or a long query blocks here, never the extension host. */
function serve(
  { path, lookEveryMs }: StorePlace,
  post: (message: readonly StoreAnswer[] | StoreNews) => void,
): (calls: readonly StoreCall[]) => void {
  const session = openStoreSession(path, { onReplaced: () => post({ news: "changed" }) });
  let timer: NodeJS.Timeout | undefined;
  return (calls) => {
    if (timer === undefined) setImmediate(loadLanguageData);
    timer ??= setInterval(() => look(session, post), lookEveryMs);
    post(calls.map((call) => answerTo(session, call)));
    if (calls.some(({ name }) => name === "close")) clearInterval(timer);
  };
}

/**
 * The first formatter of a process loads the data of languages, for all its threads: that takes 20 ms, for which the extension
 * host would stand still. The store's thread has time for it once it has answered.
 */
function loadLanguageData(): void {
  new Intl.NumberFormat().format(0);
  new Intl.DateTimeFormat().format(0);
}

function answerTo(session: StoreSession, { sequence, name, parameters }: StoreCall): StoreAnswer {
  try {
    return { sequence, ok: true, value: act(session, name, parameters) };
  } catch (error) {
    return { sequence, ok: false, failure: failureOf(error) };
  }
}

function act(
  session: StoreSession,
  name: StoreCall["name"],
  parameters: StoreCall["parameters"],
): unknown {
  if (name === "close") return session.close();
  return session.run((operations) => {
    const run: (...values: never[]) => unknown = operations[name];
    return run(...(parameters as never[]));
  });
}

/** In addition to the doorbell, because not every file system reports changes. */
function look(session: StoreSession, post: (news: StoreNews) => void): void {
  try {
    if (session.look()) post({ news: "changed" });
  } catch {
    // The next call meets the same error and reports it.
  }
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
  serve(workerData as StorePlace, (message) => parentPort?.postMessage(message)),
);
