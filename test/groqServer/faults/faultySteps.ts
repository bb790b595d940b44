import type { Reply } from "../http/reply";
import { type WireStep, wireSteps } from "../http/wireStep";
import { documentedError } from "./documentedError";
import type { Fault } from "./fault";
import { proxyPage } from "./proxyPage";

/** The steps of a reply with a fault worked into them, or as they should be without one. */
export function* faultySteps(reply: Reply, fault: Fault | undefined): Generator<WireStep, void> {
  if (fault === undefined) {
    yield* wireSteps(reply);
    return;
  }
  if (fault.delayMs !== undefined) yield* delayed(reply, fault.delayMs);
  yield* rewritten(reply, fault);
}

/** Silence before a reply; a client that leaves meanwhile has received nothing. */
function* delayed(reply: Reply, ms: number): Generator<WireStep, void> {
  let stayed = false;
  try {
    yield { kind: "pause", ms };
    stayed = true;
  } finally {
    if (!stayed) reply.settle({ kind: "partial", completionTokens: 0 });
  }
}

function rewritten(reply: Reply, fault: Fault): Iterable<WireStep> {
  switch (fault.kind) {
    case "delay":
      return wireSteps(reply);
    case "status":
      return instead(reply, fault.status, ...bodyOf(fault.body), fault.headers);
    case "error": {
      const { status, error } = documentedError(fault.error, fault.model ?? "openai/gpt-oss-120b");
      return instead(reply, status, ...bodyOf({ error }));
    }
    case "proxyPage":
      return instead(reply, fault.status ?? 502, proxyPage(fault.status ?? 502), "text/html");
    case "agentRefused":
      return instead(reply, 403, "error code: 1010", "text/plain; charset=UTF-8");
    case "reset":
      return fault.afterEvents === undefined
        ? resetAtOnce(reply)
        : broken(reply, fault.afterEvents, () => [{ kind: "reset" }]);
    case "stall":
      return stalled(reply, fault.afterEvents, fault.forMs ?? Infinity);
    case "cut":
      return cut(reply, fault);
    case "missingDone":
      return withoutDone(reply);
    case "errorEvent":
      return broken(reply, fault.afterEvents, () => [
        text(`event: error\ndata: ${JSON.stringify({ error: fault.error ?? failedToolCall })}\n\n`),
        { kind: "end" },
      ]);
    case "stoppedEarly":
      return broken(reply, fault.afterEvents, () => [
        text(`data: ${JSON.stringify(stoppedChunk(fault.message ?? "over capacity"))}\n\n`),
        text("data: [DONE]\n\n"),
        { kind: "end" },
      ]);
    case "garbage":
      return garbled(reply, fault.afterEvents);
    case "slowDrip":
      return dripping(reply, fault.bytes, fault.everyMs);
    case "wrongLength":
      return mismeasured(reply, fault.by);
  }
}

const failedToolCall = {
  message:
    "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
  type: "invalid_request_error",
  code: "tool_use_failed",
  failed_generation: "Tool use failed: JSON does not match the expected schema for tool calls",
  status_code: 400,
};

function stoppedChunk(error: string): object {
  return {
    id: "chatcmpl-stopped",
    object: "chat.completion.chunk",
    choices: [],
    x_groq: { error },
  };
}

function text(content: string): WireStep {
  return { kind: "bytes", dueMs: 0, bytes: Buffer.from(content) };
}

function bodyOf(body: unknown): [content: string, contentType: string] {
  if (typeof body === "string") return [body, "text/plain; charset=UTF-8"];
  const internal = { message: "Internal Server Error", type: "internal_server_error" };
  return [JSON.stringify(body ?? { error: internal }), "application/json"];
}

function* instead(
  reply: Reply,
  status: number,
  content: string,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): Generator<WireStep, void> {
  reply.settle({ kind: "failed" });
  const length = String(Buffer.byteLength(content));
  const head = { "content-type": contentType, "content-length": length, ...headers };
  yield { kind: "head", status, headers: head };
  yield text(content);
  yield { kind: "end" };
}

function* resetAtOnce(reply: Reply): Generator<WireStep, void> {
  reply.settle({ kind: "failed" });
  yield { kind: "reset" };
}

/** Lets `afterEvents` events pass and then takes `ending` instead of the rest. */
function* broken(
  reply: Reply,
  afterEvents: number,
  ending: (next: Buffer | undefined) => Iterable<WireStep>,
): Generator<WireStep, void> {
  let passed = 0;
  for (const step of wireSteps(reply)) {
    if (step.kind === "end") break;
    if (step.kind === "bytes") {
      passed += 1;
      if (passed > afterEvents) {
        yield* ending(step.bytes);
        return;
      }
    }
    yield withoutLength(step);
  }
  yield* ending(undefined);
}

/** A body that will not arrive whole cannot announce its length and still end properly. */
function withoutLength(step: WireStep): WireStep {
  if (step.kind !== "head") return step;
  const { "content-length": _, ...headers } = step.headers;
  return { ...step, headers };
}

function* stalled(reply: Reply, afterEvents: number, ms: number): Generator<WireStep, void> {
  let passed = 0;
  for (const step of wireSteps(reply)) {
    if (step.kind === "bytes") {
      if (passed === afterEvents) yield { kind: "pause", ms };
      passed += 1;
    }
    yield step;
  }
}

function cut(reply: Reply, fault: Fault & { kind: "cut" }): Iterable<WireStep> {
  const ending: WireStep = fault.ending === "abrupt" ? { kind: "close" } : { kind: "end" };
  if (fault.within === "character") return cutInsideCharacter(reply, fault.afterEvents, ending);
  return broken(reply, fault.afterEvents, (next) => {
    if (fault.within === "boundary" || next === undefined) return [ending];
    return [{ kind: "bytes", dueMs: 0, bytes: next.subarray(0, next.length >> 1) }, ending];
  });
}

function* cutInsideCharacter(
  reply: Reply,
  afterEvents: number,
  ending: WireStep,
): Generator<WireStep, void> {
  let passed = 0;
  for (const step of wireSteps(reply)) {
    if (step.kind === "bytes") {
      const leadByte = step.bytes.findIndex((byte) => byte >= 0xc0);
      if (passed >= afterEvents && leadByte >= 0) {
        yield { ...step, bytes: step.bytes.subarray(0, leadByte + 1) };
        yield ending;
        return;
      }
      passed += 1;
    }
    yield withoutLength(step);
  }
}

function* withoutDone(reply: Reply): Generator<WireStep, void> {
  for (const step of wireSteps(reply)) {
    if (step.kind !== "bytes" || !step.bytes.equals(doneEvent)) yield step;
  }
}

const doneEvent = Buffer.from("data: [DONE]\n\n");

function* garbled(reply: Reply, afterEvents: number): Generator<WireStep, void> {
  let passed = 0;
  for (const step of wireSteps(reply)) {
    if (step.kind === "bytes") {
      if (passed === afterEvents) yield text('data: {"id":"chatcmpl-\u0000}}<?\n\n');
      passed += 1;
    }
    yield withoutLength(step);
  }
}

function* dripping(reply: Reply, size: number, everyMs: number): Generator<WireStep, void> {
  for (const step of wireSteps(reply)) {
    if (step.kind !== "bytes") {
      yield step;
      continue;
    }
    for (let from = 0; from < step.bytes.length; from += size) {
      yield { ...step, bytes: step.bytes.subarray(from, from + size) };
      yield { kind: "pause", ms: everyMs };
    }
  }
}

function* mismeasured(reply: Reply, by: number): Generator<WireStep, void> {
  const steps = [...wireSteps(reply)];
  const whole = Buffer.concat(steps.flatMap((step) => (step.kind === "bytes" ? [step.bytes] : [])));
  for (const step of steps) {
    if (step.kind !== "head") continue;
    yield { ...step, headers: { ...step.headers, "content-length": String(whole.length + by) } };
  }
  yield { kind: "bytes", dueMs: 0, bytes: whole };
  yield { kind: "close" };
}
