import { describe, expect, it } from "vitest";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { answerOf, chatBench, exchange, question } from "./chatBench";

describe("a question and its answer", () => {
  it("stand in the conversation, with status and settlement", async () => {
    const bench = chatBench();
    await exchange(bench, "What is a monad?", "A monoid.");
    expect(bench.chat.conversation().turns).toMatchObject([
      { role: "user", text: "What is a monad?", task: "chat" },
      {
        role: "answer",
        text: "A monoid.",
        model: "openai/gpt-oss-120b",
        status: { kind: "complete", finishReason: "stop" },
        settlement: { cost: 36_000_000n },
      },
    ]);
  });

  it("tell how they come along", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("hello"));
    const run = bench.dispatcher.last();
    run.emit({ kind: "waiting", untilMs: 99, dimension: "tpm" });
    run.emit({ kind: "sent", model: "openai/gpt-oss-120b", maxCompletionTokens: 2048 });
    run.emit({ kind: "reasoning", text: "Hm." });
    run.emit({ kind: "text", text: "Hi" });
    run.complete();
    await answered;
    const statuses = bench.changes.flatMap((change) =>
      change.kind === "turn" && change.turn.role === "answer" ? [change.turn.status] : [],
    );
    expect(statuses).toEqual([
      { kind: "waiting" },
      { kind: "waiting", untilMs: 99 },
      { kind: "streaming" },
      { kind: "complete", finishReason: "stop" },
    ]);
    const busy = bench.changes.filter(({ kind }) => kind === "busy");
    expect(busy).toHaveLength(2);
    expect(bench.chat.isBusy()).toBe(false);
  });

  it("keep what came before a failure", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("hello"));
    bench.dispatcher.last().emit({ kind: "text", text: "Half of" });
    const outcome = { kind: "failed", failure: { kind: "cutOff" } } as const;
    bench.dispatcher.last().emit({ kind: "ended", outcome });
    expect(answerOf(await answered)).toMatchObject({
      text: "Half of",
      status: { kind: "failed", failure: { kind: "cutOff" } },
    });
  });

  it("are not shown as under way for ever after a bug", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("hello"));
    bench.dispatcher.last().emit({ kind: "text", text: "Half" }, new Error("a bug"));
    await expect(answered).rejects.toThrow("a bug");
    expect(bench.chat.conversation().turns.at(-1)).toMatchObject({
      text: "Half",
      status: { kind: "failed" },
    });
    expect(bench.chat.isBusy()).toBe(false);
    expect(await exchange(bench, "again", "fine")).toBeTruthy();
  });
});

describe("one at a time", () => {
  it("refuses a second question and a retry while an answer is under way", async () => {
    const bench = chatBench();
    const first = await exchange(bench, "one", "answer");
    const running = bench.chat.ask(question("two"));
    const busy = { ok: false, failure: { kind: "busy" } };
    expect(await bench.chat.ask(question("three"))).toEqual(busy);
    expect(await bench.chat.retry(first)).toEqual(busy);
    expect(bench.chat.conversation().turns).toHaveLength(4);
    bench.dispatcher.last().complete();
    await running;
    expect(bench.dispatcher.runs).toHaveLength(2);
  });

  it.each(["", "  ", "\n\t"])("refuses an empty message %j", async (text) => {
    const bench = chatBench();
    expect(await bench.chat.ask(question(text))).toEqual({
      ok: false,
      failure: { kind: "emptyMessage" },
    });
    expect(bench.chat.conversation().turns).toEqual([]);
  });
});

describe("stop", () => {
  it("reaches the dispatcher and keeps the text", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("hello"));
    bench.dispatcher.last().emit({ kind: "text", text: "Half" });
    await letPromisesRun();
    bench.chat.stop();
    expect(bench.dispatcher.last().signal.aborted).toBe(true);
    expect(answerOf(await answered)).toMatchObject({
      text: "Half",
      status: { kind: "failed", failure: { kind: "stopped" } },
    });
  });

  it("without an answer under way does nothing", () => {
    const bench = chatBench();
    bench.chat.stop();
    expect(bench.changes).toEqual([]);
  });
});

describe("a new chat in the middle of an answer", () => {
  it("stops the answer, and none of its text gets into the new conversation", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("old question"));
    const old = bench.dispatcher.last();
    old.emit({ kind: "text", text: "old " });
    await letPromisesRun();
    const oldId = bench.chat.conversation().id;
    bench.changes.length = 0;

    bench.chat.startNew();
    old.emit({ kind: "text", text: "answer" });
    expect(old.signal.aborted).toBe(true);
    await answered;
    await bench.chat.idle();

    expect(bench.chat.conversation().id).not.toBe(oldId);
    expect(bench.chat.conversation().turns).toEqual([]);
    expect(bench.changes.map(({ kind }) => kind)).toEqual(["conversation", "busy"]);
    // The old one is kept whole.
    expect(bench.conversations.kept.get(oldId)?.turns).toMatchObject([
      { role: "user" },
      { role: "answer", text: "old answer", status: { kind: "failed" } },
    ]);
  });

  it("is free for a question as soon as the old answer has ended", async () => {
    const bench = chatBench();
    void bench.chat.ask(question("old"));
    bench.chat.startNew();
    await bench.chat.idle();
    await letPromisesRun();
    await exchange(bench, "new", "answer");
    expect(bench.chat.conversation().turns).toMatchObject([{ text: "new" }, { text: "answer" }]);
    expect(bench.dispatcher.last().task.messages).toHaveLength(2);
  });
});

describe("retry", () => {
  const asked = (bench: ReturnType<typeof chatBench>) =>
    bench.dispatcher
      .last()
      .task.messages.map(({ content }) => content)
      .slice(1);

  async function retry(bench: ReturnType<typeof chatBench>, id: string, text: string) {
    const answered = bench.chat.retry(id);
    bench.dispatcher.last().emit({ kind: "text", text });
    bench.dispatcher.last().complete();
    return answerOf(await answered).id;
  }

  it("answers the same question again, without what came after it", async () => {
    const bench = chatBench();
    const first = await exchange(bench, "one", "first");
    await exchange(bench, "two", "second");
    await retry(bench, first, "better");
    expect(asked(bench)).toEqual(["one"]);
    expect(bench.chat.conversation().turns.map(({ text }) => text)).toEqual([
      "one",
      "first",
      "two",
      "second",
      "better",
    ]);
  });

  it("of a retried answer asks its own question, not the newest one", async () => {
    const bench = chatBench();
    const first = await exchange(bench, "one", "first");
    await exchange(bench, "two", "second");
    const again = await retry(bench, first, "better");
    await retry(bench, again, "best");
    expect(asked(bench)).toEqual(["one"]);
  });

  it("replaces the answer that later questions are sent with", async () => {
    const bench = chatBench();
    const first = await exchange(bench, "one", "first");
    await exchange(bench, "two", "second");
    await retry(bench, first, "better");
    await exchange(bench, "three", "third");
    expect(asked(bench)).toEqual(["one", "better", "two", "second", "three"]);
  });

  it("uses the settings of now", async () => {
    const bench = chatBench();
    const first = await exchange(bench, "one", "first");
    bench.settings = {
      ...bench.settings,
      model: { ...bench.settings.model, id: "openai/gpt-oss-20b" },
    };
    await retry(bench, first, "better");
    expect(bench.dispatcher.last().task.model.id).toBe("openai/gpt-oss-20b");
  });

  it("of what is no answer is refused", async () => {
    const bench = chatBench();
    await exchange(bench, "one", "first");
    const [user] = bench.chat.conversation().turns;
    for (const id of ["unknown", user?.id ?? ""])
      for (const act of [bench.chat.retry, bench.chat.continueAnswer])
        expect(await act(id)).toEqual({ ok: false, failure: { kind: "turnGone" } });
    expect(await bench.chat.resend("unknown", "two")).toEqual({
      ok: false,
      failure: { kind: "turnGone" },
    });
    expect(bench.dispatcher.runs).toHaveLength(1);
  });
});

it("idle waits for the last save", async () => {
  const bench = chatBench();
  const answered = bench.chat.ask(question("hello"));
  bench.dispatcher.last().emit({ kind: "text", text: "whole" });
  bench.dispatcher.last().complete();
  await bench.chat.idle();
  const kept = bench.conversations.kept.get(bench.chat.conversation().id);
  expect(kept?.turns.at(-1)).toMatchObject({ text: "whole", status: { kind: "complete" } });
  await answered;
});
