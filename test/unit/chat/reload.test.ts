import { describe, expect, it } from "vitest";
import type { ChatChange } from "../../../src/core/chat/chat";
import type { Conversation } from "../../../src/core/chat/conversation";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { chatBench, exchange, question } from "./chatBench";
import type { ChatBench } from "./chatBench";

/** The conversation as the store has it at this moment. */
function kept(bench: ChatBench): Conversation {
  const conversation = bench.conversations.kept.get(bench.chat.conversation().id);
  if (conversation === undefined) throw new Error("nothing was kept");
  return conversation;
}

describe("after a crash in the middle of an answer", () => {
  it("the answer is marked as interrupted, and its text is kept to the last second", async () => {
    const bench = chatBench();
    void bench.chat.ask(question("hello"));
    const run = bench.dispatcher.last();
    run.emit(
      { kind: "sent", model: "openai/gpt-oss-120b", maxCompletionTokens: 2048 },
      { kind: "text", text: "saved " },
    );
    await letPromisesRun();
    bench.clock.advance(1000);
    run.emit({ kind: "text", text: "up to here" });
    await letPromisesRun();
    run.emit({ kind: "text", text: " and no further" });
    await letPromisesRun();

    const next = chatBench(bench.conversations);
    next.chat.open(kept(bench));
    expect(next.chat.conversation().turns).toMatchObject([
      { role: "user", text: "hello" },
      {
        role: "answer",
        text: "saved up to here",
        status: { kind: "failed", failure: { kind: "interrupted" } },
      },
    ]);
    expect(next.chat.isBusy()).toBe(false);
  });

  it("nothing is lost of an answer that has been silent for a second", async () => {
    const bench = chatBench();
    void bench.chat.ask(question("hello"));
    await letPromisesRun();
    bench.dispatcher.last().emit({ kind: "text", text: "the last words" });
    await letPromisesRun();
    expect(kept(bench).turns.at(-1)?.text).toBe("");
    const told = bench.changes.length;
    bench.clock.advance(1000);
    await letPromisesRun();
    expect(kept(bench).turns.at(-1)?.text).toBe("the last words");
    // Each addition has been told already.
    expect(bench.changes.length).toBe(told);
  });

  it("the interrupted answer can be asked for again", async () => {
    const bench = chatBench();
    void bench.chat.ask(question("hello"));
    await letPromisesRun();
    const next = chatBench(bench.conversations);
    next.chat.open(kept(bench));
    const answer = next.chat.conversation().turns.at(-1);
    const retried = next.chat.retry(answer?.id ?? "");
    next.dispatcher.last().complete();
    expect(await retried).toMatchObject({ ok: true });
    expect(next.dispatcher.last().task.messages.at(-1)?.content).toBe("hello");
  });
});

describe("an opened conversation", () => {
  it("keeps what had ended as it was", async () => {
    const bench = chatBench();
    await exchange(bench, "one", "first");
    const next = chatBench(bench.conversations);
    next.chat.open(kept(bench));
    expect(next.chat.conversation()).toEqual(bench.chat.conversation());
  });

  it("goes on in its own place, and is not created twice", async () => {
    const bench = chatBench();
    await exchange(bench, "one", "first");
    const stored = kept(bench);
    bench.conversations.calls.length = 0;
    bench.chat.startNew();
    bench.chat.open(stored);
    await exchange(bench, "two", "second");
    expect(new Set(bench.conversations.calls)).toEqual(
      new Set([`save ${stored.id} 2 user`, `save ${stored.id} 3 answer`]),
    );
    expect(kept(bench).turns.map(({ text }) => text)).toEqual(["one", "first", "two", "second"]);
  });
});

describe("what is told of arriving text", () => {
  /** Puts text together as a reader does that has only the told offsets. */
  function rebuild(changes: readonly ChatChange[]): { text: string; reasoning: string } {
    const built = { text: "", reasoning: "" };
    for (const change of changes) {
      if (change.kind !== "appended") continue;
      expect(change.offset).toBe(built[change.field].length);
      built[change.field] += change.text;
    }
    return built;
  }

  it("rebuilds it exactly", async () => {
    const bench = chatBench();
    const answered = bench.chat.ask(question("hello"));
    const run = bench.dispatcher.last();
    const pieces = ["Hé", "llo ", "\ud83d", "\ude00", "", "\n```ts\n", "let a\n```"];
    for (const [index, text] of pieces.entries()) {
      run.emit({ kind: "reasoning", text: `${index};` }, { kind: "text", text });
      bench.clock.advance(400);
      await letPromisesRun();
    }
    run.complete();
    await answered;
    const turn = bench.chat.conversation().turns.at(-1);
    expect(rebuild(bench.changes)).toEqual({
      text: pieces.join(""),
      reasoning: "0;1;2;3;4;5;6;",
    });
    expect(turn).toMatchObject(rebuild(bench.changes));
  });
});

describe("saving", () => {
  it("creates the conversation first, then each turn in order", async () => {
    const bench = chatBench();
    await exchange(bench, "one", "first");
    await exchange(bench, "two", "second");
    const { id } = bench.chat.conversation();
    const [first, ...rest] = bench.conversations.calls;
    expect(first).toBe(`create ${id}`);
    const positions = rest.map((call) => Number(call.split(" ").at(-2)));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(kept(bench).turns).toEqual(bench.chat.conversation().turns);
  });

  it("is waited for by who waits for all, not by who has asked", async () => {
    const bench = chatBench();
    const { promise: letGo, resolve } = Promise.withResolvers<void>();
    const create = bench.conversations.create.bind(bench.conversations);
    bench.conversations.create = (...given) => letGo.then(() => create(...given));
    await exchange(bench, "one", "first");
    expect(bench.chat.isBusy()).toBe(false);
    const idle = bench.chat.idle();
    const isIdle = Promise.race([idle.then(() => true), letPromisesRun().then(() => false)]);
    expect(await isIdle).toBe(false);
    resolve();
    await idle;
    expect(kept(bench)).toEqual(bench.chat.conversation());
  });

  it("of an untouched conversation does not happen", async () => {
    const bench = chatBench();
    bench.chat.startNew();
    await letPromisesRun();
    expect(bench.conversations.calls).toEqual([]);
  });

  it("that fails is told, the chat goes on, and a later one catches up", async () => {
    const bench = chatBench();
    const failure = { kind: "storeUnavailable", detail: "database is locked" } as const;
    bench.conversations.refusal = failure;
    await exchange(bench, "one", "first");
    expect(bench.changes.filter(({ kind }) => kind === "notSaved")).toEqual([
      { kind: "notSaved", failure },
    ]);
    expect(bench.chat.conversation().turns).toHaveLength(2);

    bench.conversations.refusal = undefined;
    bench.changes.length = 0;
    await exchange(bench, "two", "second");
    await bench.chat.idle();
    expect(bench.changes.map(({ kind }) => kind)).not.toContain("notSaved");
    expect(kept(bench)).toEqual(bench.chat.conversation());
  });
});
