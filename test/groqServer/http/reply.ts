import type { Refusal } from "./refusal";

/** How much of an answer was delivered, for settling limits and money. */
export type Delivery =
  | { readonly kind: "complete" }
  /** The client left or the stream broke after this many completion tokens. */
  | { readonly kind: "partial"; readonly completionTokens: number }
  /** Nothing of the answer left the server: not charged. */
  | { readonly kind: "failed" };

/** An event of a stream, due `dueMs` after the reply began. */
export interface TimedEvent {
  readonly dueMs: number;
  /** The whole event, from `data:` or `event:` to the empty line. */
  readonly text: string;
  /** Completion tokens that have been sent once this event is. */
  readonly completionTokens: number;
}

/** What a handler answers; nothing is on the wire yet. */
export type Reply = BodyReply | EventReply;

export interface BodyReply {
  readonly kind: "body";
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** When the body is ready, in milliseconds after the request was admitted. */
  readonly dueMs: number;
  /** Asked for after settling, so that headers can show what settling changed. */
  headers(): Readonly<Record<string, string>>;
  /** Called once, when it is certain how much of the answer was delivered. */
  settle(delivery: Delivery): void;
}

export interface EventReply {
  readonly kind: "events";
  readonly events: Iterable<TimedEvent>;
  headers(): Readonly<Record<string, string>>;
  settle(delivery: Delivery): void;
}

/** A JSON body that is ready at once and owes nothing. */
export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): BodyReply {
  return {
    kind: "body",
    status,
    contentType: "application/json",
    body: JSON.stringify(body),
    dueMs: 0,
    headers: () => headers,
    settle: () => undefined,
  };
}

/** A refusal in Groq's envelope. */
export function refusalReply(refusal: Refusal): BodyReply {
  return jsonReply(refusal.status, { error: refusal.error }, refusal.headers);
}
