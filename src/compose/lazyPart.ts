import { setImmediate as nextTurn } from "node:timers/promises";
import { fail, succeed } from "../core/dispatch/failure";
import type { Failure, Result } from "../core/dispatch/failure";

/** A part of the extension that is loaded once, when it is first needed. */
export interface LazyPart<Part> {
  load(): Promise<Result<Part>>;
  loaded(): Part | undefined;
  onLoad(listener: (part: Part) => void): void;
}

/** `onFailure` is called once if the module is gone, because the extension was updated or removed meanwhile. */
export function createLazyPart<Module, Part>(
  importModule: () => Promise<Module>,
  make: (module: Module) => Part,
  onFailure: (failure: Failure) => void,
): LazyPart<Part> {
  const listeners: ((part: Part) => void)[] = [];
  let loading: Promise<Result<Part>> | undefined;
  let loaded: Part | undefined;

  async function start(): Promise<Result<Part>> {
    // Loading reads and compiles at once: whoever asks for it first sends off what is to go before.
    await nextTurn();
    const module = await importModule().catch(() => undefined);
    if (module === undefined) {
      const failure: Failure = { kind: "extensionChanged" };
      onFailure(failure);
      return fail(failure);
    }
    // Evaluating a module takes a while: what comes next is a turn of its own, so that the extension host is not blocked by both.
    await nextTurn();
    const part = make(module);
    loaded = part;
    for (const listener of listeners) listener(part);
    return succeed(part);
  }

  return {
    load: () => (loading ??= start()),
    loaded: () => loaded,
    onLoad: (listener) => void listeners.push(listener),
  };
}
