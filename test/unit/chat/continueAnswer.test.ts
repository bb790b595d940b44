import { describe, expect, it } from "vitest";
import { canContinue } from "../../../src/core/chat/continueAnswer";
import type { AnswerStatus, AnswerTurn } from "../../../src/core/chat/conversation";
import { continuePrompt } from "../../../src/core/prompts/continuePrompt";
import { answerOf, chatBench, question } from "./chatBench";
import type { ChatBench } from "./chatBench";

const cutShort: AnswerStatus = { kind: "complete", finishReason: "length" };

/** An answer that has reached its length. */
async function begun(bench: ChatBench): Promise<AnswerTurn> {
  const asked = bench.chat.ask(question("go"));
  const run = bench.dispatcher.last();
  run.emit({ kind: "text", text: "The first ha" });
  const settlement = {
    usage: { promptTokens: 100, cachedTokens: 10, completionTokens: 20, reasoningTokens: 5 },
    cost: 7n,
    estimated: false,
    timeToFirstTokenMs: 50,
    durationMs: 250,
  };
  run.emit({ kind: "ended", outcome: { kind: "complete", finishReason: "length", settlement } });
  return answerOf(await asked);
}

describe("the rest of an answer", () => {
  it("is asked for behind what there is, and joined to it in its place", async () => {
    const bench = chatBench();
    const { id } = await begun(bench);
    const going = bench.chat.continueAnswer(id);
    const run = bench.dispatcher.last();
    expect(run.task.messages.slice(-3)).toEqual([
      { role: "user", content: "go" },
      { role: "assistant", content: "The first ha" },
      { role: "user", content: continuePrompt },
    ]);
    run.emit({ kind: "text", text: "lf and the second." });
    run.complete();
    const answer = answerOf(await going);
    expect(answer).toMatchObject({ id, text: "The first half and the second." });
    expect(answer.status).toEqual({ kind: "complete", finishReason: "stop" });
    expect(bench.chat.conversation().turns).toHaveLength(2);
    // The receipt is of both calls.
    expect(answer.settlement).toEqual({
      usage: { promptTokens: 220, cachedTokens: 10, completionTokens: 50, reasoningTokens: 10 },
      cost: 36_000_007n,
      estimated: false,
      timeToFirstTokenMs: 50,
      durationMs: 410,
    });
  });

  it("that fails before it begins leaves the text and its cost, and can be asked for again", async () => {
    const bench = chatBench();
    const { id, settlement } = await begun(bench);
    const going = bench.chat.continueAnswer(id);
    bench.dispatcher
      .last()
      .emit({ kind: "ended", outcome: { kind: "failed", failure: { kind: "cutOff" } } });
    const answer = answerOf(await going);
    expect(answer).toMatchObject({ text: "The first ha", settlement });
    expect(canContinue(answer)).toBe(true);
  });

  it("is not asked for when the answer is whole", async () => {
    const bench = chatBench();
    const asked = bench.chat.ask(question("go"));
    bench.dispatcher.last().emit({ kind: "text", text: "All." });
    bench.dispatcher.last().complete();
    const { id } = answerOf(await asked);
    expect((await bench.chat.continueAnswer(id)).ok).toBe(false);
    expect(bench.dispatcher.runs).toHaveLength(1);
  });
});

describe("an answer has a rest", () => {
  const check = (name: string, text: string, status: AnswerStatus, expected: boolean) =>
    it(name, async () => {
      expect(canContinue({ ...(await begun(chatBench())), text, status })).toBe(expected);
    });
  check("when it reached its length", "a", cutShort, true);
  check(
    "when it was stopped on the way",
    "a",
    { kind: "failed", failure: { kind: "stopped" } },
    true,
  );
  check(
    "not when there is nothing of it",
    "",
    { kind: "failed", failure: { kind: "stopped" } },
    false,
  );
  check("not when it is whole", "a", { kind: "complete", finishReason: "stop" }, false);
  check("not while it is under way", "a", { kind: "streaming" }, false);
});
