import type { Failure } from "../core/dispatch/failure";
import type { StoreOperations } from "./operations";

/** What the worker can be asked to do, by name. */
export interface StoreActs extends StoreOperations {
  close(): void;
}

export type ActName = keyof StoreActs;

/** What the worker is started with. */
export interface StorePlace {
  readonly path: string;
  /** How often it looks for changes by other windows. */
  readonly lookEveryMs: number;
}

/** Host to worker, several at once: one call of one act. Structured clone carries bigint as it is. */
export interface StoreCall<Name extends ActName = ActName> {
  readonly sequence: number;
  readonly name: Name;
  readonly parameters: Parameters<StoreActs[Name]>;
}

/** Worker to host, for all calls of a message at once: the answer to the call of the same sequence number. */
export type StoreAnswer =
  | { readonly sequence: number; readonly ok: true; readonly value: unknown }
  | { readonly sequence: number; readonly ok: false; readonly failure: Failure };

/** Worker to host, unprompted: another window has changed something. */
export interface StoreNews {
  readonly news: "changed";
}
