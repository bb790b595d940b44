import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import type { ScriptedStep } from "../../fakes/scriptedChatModel";
import { dispatchBench, run, wholeAnswer } from "./dispatchBench";

const second: Model = {
  id: "local-model",
  provider: "fallback",
  kind: "chat",
  status: "production",
  vocabulary: "unknown",
  reasoningEffort: false,
  source: "the user's settings",
};
const failed = (failure: Failure, billable = false): readonly ScriptedStep[] => [
  { kind: "failure", failure, billable },
];
const sentAndRead = ["sent", "reasoning", "text", "text", "ended"];
const down: Failure = { kind: "serverError", status: 503, detail: "" };

describe("the second provider, once agreed to", () => {
  it("answers when the first one has failed for good", async () => {
    const bench = dispatchBench([failed(down), failed(down), failed(down), wholeAnswer]);
    const { events, outcome } = await run(bench, { fallback: second });
    expect(outcome.kind).toBe("complete");
    expect(bench.chatModel.requests.map(({ model }) => model)).toEqual([
      "openai/gpt-oss-120b",
      "openai/gpt-oss-120b",
      "openai/gpt-oss-120b",
      "local-model",
    ]);
    expect(events).toContainEqual({ kind: "fallingBack", model: "local-model", failure: down });
    expect(events).toContainEqual(expect.objectContaining({ kind: "sent", model: "local-model" }));
    const last = [...bench.ledger.bookings.values()].at(-1);
    expect(last?.reservation).toMatchObject({ provider: "fallback", model: "local-model" });
  });

  it("answers instead of a wait for the next day", async () => {
    const bench = dispatchBench([wholeAnswer], { tpd: 200_000 });
    await bench.useUp(200_000);
    // The bench has one limiter for all: the second provider's is the same here.
    const { events } = await run(bench, { fallback: second });
    expect(events.map(({ kind }) => kind)).toEqual(["fallingBack", "ended"]);
  });

  it("answers instead of a wait in line for a service that is down", async () => {
    const scripts = [failed(down), failed(down), failed(down), wholeAnswer, wholeAnswer];
    const bench = dispatchBench(scripts, { tpm: 8000 });
    // Of the minute each attempt keeps its room, for all that is known; here for both services alike.
    await run(bench);
    await bench.useUp(1500);
    const { events } = await run(bench, { fallback: second });
    expect(events.map(({ kind }) => kind)).toEqual(["fallingBack", "waiting", ...sentAndRead]);
    // Nothing was sent to it, so nothing has shown that it is back.
    const again = await run(bench, { fallback: second });
    expect(again.events[0]).toMatchObject({ kind: "fallingBack" });
    expect(bench.chatModel.requests.map(({ model }) => model).slice(3)).toEqual([
      "local-model",
      "local-model",
    ]);
  });

  it("is not asked for a short wait in line as long as the first one works", async () => {
    const bench = dispatchBench([wholeAnswer], { tpm: 8000 });
    await bench.useUp(8000);
    const { events } = await run(bench, { fallback: second });
    expect(events.map(({ kind }) => kind)).toEqual(["waiting", ...sentAndRead]);
  });

  const never = (name: string, steps: readonly ScriptedStep[]) =>
    it(`is not asked ${name}`, async () => {
      const bench = dispatchBench([steps, wholeAnswer]);
      const { outcome } = await run(bench, { fallback: second });
      expect(outcome.kind).toBe("failed");
      expect(bench.chatModel.requests).toHaveLength(1);
    });
  never("for a wrong key", failed({ kind: "invalidKey", detail: "" }));
  never(
    "for a request that the first one calls bad",
    failed({ kind: "badRequest", status: 400, detail: "" }),
  );
  never("when something was billed", failed(down, true));
  never("when an answer has begun", [{ kind: "text", text: "A" }, ...failed(down)]);
});

describe("ways out of a failure", () => {
  const smaller = findModel("openai/gpt-oss-20b");
  const offers = { models: smaller === undefined ? [] : [smaller], fallback: second };

  it("offers the second provider where it is set and not agreed to", async () => {
    const bench = dispatchBench([failed(down), failed(down), failed(down)], {}, {}, offers);
    const { events } = await run(bench);
    expect(events.at(-1)).toMatchObject({ waysOut: { models: [], fallback: "local-model" } });
  });

  it("offers a shorter answer and models that have room when the limits are used up", async () => {
    const bench = dispatchBench([], { tpd: 200_000 }, {}, offers);
    await bench.useUp(199_000);
    const { events } = await run(bench);
    const last = events.at(-1);
    if (last?.kind !== "ended") throw new Error("it did not end");
    expect(last.outcome).toMatchObject({ failure: { kind: "rateLimited", dimension: "tpd" } });
    expect(last.waysOut?.smaller?.kind).toBe("shorterAnswer");
    // The bench has one limiter for all models: none has room here.
    expect(last.waysOut?.models).toEqual([]);
  });

  it("says how short a prompt would pass", async () => {
    const bench = dispatchBench([]);
    const content = "const total = sum(1);\n".repeat(1500);
    const { events } = await run(bench, { messages: [{ role: "user", content }] });
    expect(events.at(-1)).toMatchObject({
      waysOut: { smaller: { kind: "shorterPrompt", promptTokens: 7456 } },
    });
  });

  it("has none for what only the user can mend", async () => {
    const bench = dispatchBench([failed({ kind: "invalidKey", detail: "" })], {}, {}, offers);
    const { events } = await run(bench);
    expect(events.at(-1)).not.toHaveProperty("waysOut");
  });
});
