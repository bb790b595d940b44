import type { StoreOperations } from "../../src/store/operations";
import { openStoreSession } from "../../src/store/storeSession";
import type { SessionOptions } from "../../src/store/storeSession";

/** A window's store without a thread between: each operation is one step of its session. */
export interface OpenedStore extends StoreOperations {
  look(): boolean;
  close(): void;
}

/** Opens the file at once. Throws what the opening throws. */
export function openStore(path: string, options?: SessionOptions): OpenedStore {
  const session = openStoreSession(path, options);
  const own = { look: () => session.look(), close: () => session.close() };
  session.run(() => undefined);
  return new Proxy(own, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      ((...parameters: unknown[]) =>
        session.run((operations) => {
          const operation: unknown = Reflect.get(operations, name);
          return typeof operation === "function" ? operation(...parameters) : operation;
        })),
  }) as OpenedStore;
}
