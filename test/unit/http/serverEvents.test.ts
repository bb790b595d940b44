import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createIdleTimer } from "../../../src/http/idleTimer";
import { fullPiece } from "../../../src/http/readWhenAsked";
import { readServerEvents } from "../../../src/http/serverEvents";
import { letPromisesRun } from "../../fakes/asyncSteps";

/** A body of these texts; it ends with the last one, unless it is left open. */
function bodyOf(texts: readonly string[], { open = false } = {}) {
  const seen = { reads: 0, cancelled: false };
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const text = texts[seen.reads++];
        if (text !== undefined) controller.enqueue(encoder.encode(text));
        else if (!open) controller.close();
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

const event = (data: string) => `data: ${data}\n\n`;

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

describe("the events of a body", () => {
  it("come at once where it begins, and then twenty times a second", async () => {
    const { body, seen } = bodyOf([event("1") + event("2"), event("3"), event("4")]);
    using idle = createIdleTimer(10_000, new AbortController().signal);
    const events = readServerEvents(body, idle);
    expect((await events.next()).value).toEqual(["1", "2"]);
    const second = events.next();
    await letPromisesRun();
    expect(seen.reads).toBe(1);
    await vi.advanceTimersByTimeAsync(50);
    expect((await second).value).toEqual(["3"]);
  });

  it("come without a pause while there is more than enough", async () => {
    const { body } = bodyOf(
      Array.from({ length: 50 }, (_, at) => event(`${at}${"x".repeat(fullPiece)}`)),
    );
    using idle = createIdleTimer(10_000, new AbortController().signal);
    let count = 0;
    for await (const together of readServerEvents(body, idle)) count += together.length;
    expect(count).toBe(50);
  });

  it("end where the signal aborts, also in a pause", async () => {
    const { body, seen } = bodyOf([event("1")], { open: true });
    const abort = new AbortController();
    using idle = createIdleTimer(10_000, abort.signal);
    const events = readServerEvents(body, idle);
    await events.next();
    const next = events.next();
    abort.abort();
    await expect(next).rejects.toThrow("aborted");
    expect(seen.cancelled).toBe(true);
  });

  it("leave no connection behind that does not end", async () => {
    const { body, seen } = bodyOf([event("1")], { open: true });
    using idle = createIdleTimer(10_000, new AbortController().signal);
    const events = readServerEvents(body, idle);
    await events.next();
    const left = events.return(undefined);
    await vi.advanceTimersByTimeAsync(100);
    await left;
    expect(seen.cancelled).toBe(true);
  });
});
