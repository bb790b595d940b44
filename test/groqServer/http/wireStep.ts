import type { BodyReply, EventReply, Reply } from "./reply";

/** One act on the connection. A reply is a sequence of them, which faults rewrite. */
export type WireStep =
  | {
      readonly kind: "head";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Bytes, due this long after the first step. */
  | { readonly kind: "bytes"; readonly dueMs: number; readonly bytes: Buffer }
  /** Silence; `Infinity` lasts until the client or the server gives up. */
  | { readonly kind: "pause"; readonly ms: number }
  /** The proper end of the response. */
  | { readonly kind: "end" }
  /** The connection closes although the response is not over. */
  | { readonly kind: "close" }
  | { readonly kind: "reset" };

/** The steps of a reply on which nothing goes wrong. Settles it as far as the steps are taken. */
export function wireSteps(reply: Reply): Generator<WireStep, void> {
  return reply.kind === "body" ? bodySteps(reply) : eventSteps(reply);
}

function* bodySteps(reply: BodyReply): Generator<WireStep, void> {
  try {
    yield { kind: "pause", ms: reply.dueMs };
  } finally {
    // A client that leaves while its answer is being made is charged for the answer.
    reply.settle({ kind: "complete" });
  }
  const bytes = Buffer.from(reply.body);
  const headers = {
    "content-type": reply.contentType,
    "content-length": String(bytes.length),
    ...reply.headers(),
  };
  yield { kind: "head", status: reply.status, headers };
  yield { kind: "bytes", dueMs: 0, bytes };
  yield { kind: "end" };
}

function* eventSteps(reply: EventReply): Generator<WireStep, void> {
  let completionTokens = 0;
  let complete = false;
  try {
    yield {
      kind: "head",
      status: 200,
      headers: { "content-type": "text/event-stream", ...reply.headers() },
    };
    for (const event of reply.events) {
      yield { kind: "bytes", dueMs: event.dueMs, bytes: Buffer.from(event.text) };
      completionTokens = event.completionTokens;
    }
    complete = true;
    yield { kind: "end" };
  } finally {
    reply.settle(complete ? { kind: "complete" } : { kind: "partial", completionTokens });
  }
}
