import { describe, expect, it } from "vitest";
import { promptRoom } from "../../../src/core/chat/outputNeed";
import type { RateLimits } from "../../../src/core/models/model";
import { unknownModel } from "../../../src/core/models/modelRows";
import { chatBench, exchange, question } from "./chatBench";

describe("what is dispatched", () => {
  it.each([
    ["a chat message", "chat", 4096, [2048, 512, "medium"]],
    ["an explanation thinks little", "explain", 4096, [1024, 384, "low"]],
    ["the user's smaller wish counts", "edit", 1000, [1000, 768, "medium"]],
    ["but never below what an answer takes", "edit", 256, [768, 768, "medium"]],
  ] as const)("%s", (_name, kind, maxOutputTokens, [outputNeed, outputFloor, reasoningEffort]) => {
    const bench = chatBench();
    bench.settings = { ...bench.settings, maxOutputTokens };
    void bench.chat.ask(question("go", kind));
    const conversationId = bench.chat.conversation().id;
    const expected = { kind, conversationId, outputNeed, outputFloor, reasoningEffort };
    expect(bench.dispatcher.last().task).toMatchObject(expected);
  });
});

describe("which model is asked", () => {
  it.each([
    ["chat", "openai/gpt-oss-120b"],
    ["edit", "openai/gpt-oss-120b"],
    ["explain", "openai/gpt-oss-20b"],
  ] as const)("%s: %s", (task, id) => {
    const bench = chatBench();
    void bench.chat.ask(question("go", task));
    expect(bench.dispatcher.last().task.model.id).toBe(id);
    expect(bench.chat.conversation().turns.at(-1)).toMatchObject({ role: "answer", model: id });
  });
});

describe("earlier turns take a quarter of the minute", () => {
  const sent = async (limits: RateLimits) => {
    const bench = chatBench();
    bench.limits = limits;
    for (const name of ["one", "two", "three"])
      await exchange(bench, name, "many words of an answer ".repeat(200));
    void bench.chat.ask(question("four"));
    return bench.dispatcher.last().task.messages.length;
  };

  it("as the limits allow that hold now", async () => {
    expect(await sent({ tpm: 1000 })).toBe(2);
    expect(await sent({ tpm: 8000 })).toBe(4);
    expect(await sent({ tpm: 250_000 })).toBe(8);
    expect(await sent({})).toBe(8);
  });

  it("and never more than a quarter of the context", () => {
    const model = chatBench().settings.model;
    expect(promptRoom({ ...model, contextTokens: 4000 }, { tpm: 250_000 }, 512).history).toBe(1000);
    expect(promptRoom(unknownModel("my-model", "a test"), {}, 512).history).toBe(2000);
  });
});

describe("another way of answering", () => {
  const second = {
    baseUrl: "http://localhost:1234/v1",
    model: { ...unknownModel("local-model", "a test"), provider: "fallback" },
  } as const;

  async function failedOnce() {
    const bench = chatBench();
    bench.settings = { ...bench.settings, fallback: second };
    const asked = bench.chat.ask(question("hello"));
    const failure = { kind: "serverError", status: 503, detail: "" } as const;
    bench.dispatcher.last().emit({ kind: "ended", outcome: { kind: "failed", failure } });
    const first = await asked;
    if (!first.ok) throw new Error(first.failure.kind);
    return { bench, answerId: first.value.id };
  }

  it("asks another model, or for a shorter answer", async () => {
    const { bench, answerId } = await failedOnce();
    const model = bench.settings.fastModel;
    const again = bench.chat.retry(answerId, { model, answerTokens: 700 });
    expect(bench.dispatcher.last().task).toMatchObject({ model, outputNeed: 700 });
    bench.dispatcher.last().complete();
    expect(await again).toMatchObject({ ok: true, value: { model: model.id } });
  });

  it("hands over the second provider's model from the moment that the user agrees to it, in this chat", async () => {
    const { bench, answerId } = await failedOnce();
    expect(bench.dispatcher.last().task).not.toHaveProperty("fallback");
    const again = bench.chat.retry(answerId, { useFallback: true });
    expect(bench.dispatcher.last().task.fallback).toEqual(second.model);
    bench.dispatcher.last().complete();
    await again;
    const next = bench.chat.ask(question("and on"));
    expect(bench.dispatcher.last().task.fallback).toEqual(second.model);
    bench.dispatcher.last().complete();
    await next;
    bench.chat.startNew();
    const elsewhere = bench.chat.ask(question("elsewhere"));
    expect(bench.dispatcher.last().task).not.toHaveProperty("fallback");
    bench.dispatcher.last().complete();
    await elsewhere;
  });

  it("asks anew about another service that is set after the user has agreed to one", async () => {
    const { bench, answerId } = await failedOnce();
    const again = bench.chat.retry(answerId, { useFallback: true });
    bench.dispatcher.last().complete();
    await again;
    const other = { ...second, baseUrl: "https://elsewhere.example/v1" };
    bench.settings = { ...bench.settings, fallback: other };
    const next = bench.chat.ask(question("and on"));
    expect(bench.dispatcher.last().task).not.toHaveProperty("fallback");
    bench.dispatcher.last().complete();
    await next;
  });

  it("names the model that answers in the end", async () => {
    const { bench, answerId } = await failedOnce();
    const again = bench.chat.retry(answerId, { useFallback: true });
    const failure = { kind: "serverError", status: 503, detail: "" } as const;
    bench.dispatcher
      .last()
      .emit(
        { kind: "fallingBack", model: "local-model", failure },
        { kind: "sent", model: "local-model", maxCompletionTokens: 2048 },
      );
    bench.dispatcher.last().complete();
    expect(await again).toMatchObject({ ok: true, value: { model: "local-model" } });
  });

  it("foretells a question without asking it", async () => {
    const { bench } = await failedOnce();
    const runs = bench.dispatcher.runs.length;
    const foretold = await bench.chat.forecast(question("what would it cost?"));
    expect(foretold).toEqual({ ok: true, value: bench.dispatcher.foretold });
    expect(bench.dispatcher.runs).toHaveLength(runs);
  });
});
