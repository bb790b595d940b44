import type { Backend } from "../backend";
import type { Fault } from "../faults/fault";
import type { Organization } from "../organization";
import type { Refusal } from "./refusal";
import type { Reply } from "./reply";

/** A request that has passed the front and has been authenticated. */
export interface ApiRequest {
  /** Also in the answer's `x-request-id`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly organization: Organization;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A reply, perhaps with a fault that a queued answer brings along. */
export interface FaultyReply {
  readonly reply: Reply;
  readonly fault?: Fault;
}

/** Serves one endpoint. `parameter` is the variable part of the path, decoded. */
export type Handler = (
  backend: Backend,
  request: ApiRequest,
  parameter: string,
) => Promise<FaultyReply | Reply | Refusal> | FaultyReply | Reply | Refusal;
