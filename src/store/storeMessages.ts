import type { Failure } from "../core/dispatch/failure";
import type { StoreOperations } from "./operations";

export type OperationName = keyof StoreOperations;

/** Host to worker: one call of one operation. Structured clone carries bigint as it is. */
export interface StoreCall<Name extends OperationName = OperationName> {
  readonly sequence: number;
  readonly name: Name;
  readonly parameters: Parameters<StoreOperations[Name]>;
}

/** Worker to host: the answer to the call of the same sequence number. */
export type StoreAnswer =
  | { readonly sequence: number; readonly ok: true; readonly value: unknown }
  | { readonly sequence: number; readonly ok: false; readonly failure: Failure };
