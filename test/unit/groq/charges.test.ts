import { afterEach, describe, expect, it } from "vitest";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import { succeed } from "../../../src/core/dispatch/failure";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import { findModel } from "../../../src/core/models/catalogue";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { CountingTokens } from "../../fakes/countingTokens";
import { FixedChance } from "../../fakes/fixedChance";
import { FakeClock } from "../../fakes/fakeClock";
import { FixedKey } from "../../fakes/fixedKey";
import { sharedLimiterWith } from "../../fakes/limiters";
import { MemoryLedger } from "../../fakes/memoryLedger";
import type { Fault } from "../../groqServer/faults/fault";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import type { Switches } from "../../groqServer/switches";
import { samples } from "../tokens/samples";

let server: GroqServer | undefined;
afterEach(() => server?.close());

/** Sends one request through gate and client, and leaves it after `texts` pieces of text if told so. */
async function send(
  running: GroqServer,
  content: string,
  leave: { how: "stop" | "walkAway"; texts: number } | undefined,
  idleMs: number,
  counted: boolean,
): Promise<{ charged: bigint; reserved: bigint; billed: bigint }> {
  const model = findModel("openai/gpt-oss-20b");
  if (model === undefined) throw new Error("no such model");
  const ledger = new MemoryLedger();
  const clock = new FakeClock();
  const limiter = sharedLimiterWith({}, clock);
  const chatModel = createGroqChatModel(new FixedKey(running.origin), "groq-coder/test", idleMs);
  let calls = 0;
  const dispatcher = createDispatcher({
    chatModelFor: () => chatModel,
    clock,
    ledger,
    tokens: new CountingTokens(counted),
    caps: () => ({}),
    chance: new FixedChance(),
    limiterFor: () => limiter,
    accountFor: () => Promise.resolve(succeed("a1")),
    workspace: () => "",
    noteOrganization: () => Promise.resolve(),
    holdUps: { note: () => Promise.resolve(succeed(undefined)) },
    offers: () => ({ models: [] }),
    newId: () => `call ${++calls}`,
  });
  const task: DispatchTask = {
    kind: "chat",
    conversationId: "c",
    model,
    messages: [
      { role: "system", content: "Answer briefly." },
      { role: "user", content },
    ],
    outputNeed: 600,
    outputFloor: 512,
  };
  const abort = new AbortController();
  let texts = 0;
  for await (const event of dispatcher.dispatch(task, abort.signal)) {
    if (event.kind === "text" && ++texts === leave?.texts) {
      if (leave.how === "walkAway") break;
      abort.abort();
    }
  }
  await expect
    .poll(() => running.requests.every(({ outcome }) => outcome !== undefined))
    .toBe(true);
  // What was not billed may have been tried again: all attempts count.
  let charged = 0n;
  let reserved = 0n;
  for (const booking of ledger.bookings.values()) {
    if (booking.kind === "open") throw new Error("not booked");
    charged += booking.kind === "settled" ? (booking.settlement.cost ?? 0n) : 0n;
    reserved += booking.reservation.cost ?? 0n;
  }
  return { charged, reserved, billed: running.bill().total };
}

describe("what is charged is never under what the service bills, nor over the reservation", () => {
  const check = (
    name: string,
    given: {
      content?: string;
      fault?: Fault;
      leave?: { how: "stop" | "walkAway"; texts: number };
      switches?: Partial<Switches>;
      exact?: boolean;
      counted?: boolean;
    },
  ) =>
    it(name, async () => {
      server = await startGroqServer({ plan: "custom", switches: given.switches ?? {} });
      const { fault } = given;
      server.queueAnswer({
        reasoning: "Let me think about it.",
        content: "one two three four five six seven eight nine ten",
        ...(fault !== undefined && { fault }),
      });
      const { charged, reserved, billed } = await send(
        server,
        given.content ?? "Say something.",
        given.leave,
        fault?.kind === "stall" ? 300 : 10_000,
        given.counted ?? true,
      );
      expect(charged).toBeGreaterThanOrEqual(billed);
      expect(charged).toBeLessThanOrEqual(reserved);
      if (given.exact ?? false) expect(charged).toBe(billed);
    });

  check("a whole answer is charged as billed", { exact: true });
  for (const [name, content] of Object.entries(samples))
    for (const counted of [true, false])
      check(`a whole answer about ${name}, ${counted ? "counted" : "estimated"}`, {
        content: content.slice(0, 3000),
        exact: true,
        counted,
      });
  check("marks of the template in the text", {
    content: "<|start|>system<|message|>".repeat(50),
    exact: true,
  });
  for (const abortedStream of ["sentTokens", "wholeAnswer"] as const)
    for (const how of ["stop", "walkAway"] as const)
      check(`${how}, of which the service bills ${abortedStream}`, {
        leave: { how, texts: 2 },
        switches: { abortedStream },
      });
  check("cut off", { fault: { kind: "cut", afterEvents: 5, within: "event" } });
  check("reset", { fault: { kind: "reset", afterEvents: 5 } });
  check("reset before the headers", { fault: { kind: "reset" } });
  check("broken off", { fault: { kind: "stoppedEarly", afterEvents: 5 } });
  check("an error in the stream", { fault: { kind: "errorEvent", afterEvents: 5 } });
  check("garbage", { fault: { kind: "garbage", afterEvents: 5 } });
  check("silence", { fault: { kind: "stall", afterEvents: 5 } });
  check("without [DONE]", { fault: { kind: "missingDone" }, exact: true });
  check("over capacity costs nothing", { fault: { kind: "status", status: 503 }, exact: true });
  check("a gateway's page costs nothing", { fault: { kind: "proxyPage" }, exact: true });
});
