import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HostMessage } from "../../../src/protocol/chatMessages";
import type { CollectedContext } from "../../../src/host/context/contextBoard";
import type { LastLetters } from "../../../src/protocol/composerMessages";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { composerBench, file } from "./composerBench";

beforeEach(() => {
  fakeEditor.reset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** "first" is under way, and "second" waits for its answer. */
async function withQueued() {
  const bench = composerBench();
  void bench.composer.send("first");
  await letPromisesRun();
  await bench.composer.send("second");
  return bench;
}

describe("sending", () => {
  it("takes what the chips show along, and then off", async () => {
    const { composer, board, dispatcher, heard } = composerBench();
    board.collected = { items: [file], failures: [] };
    void composer.send("what is this?");
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toContain("let a = 1;");
    expect(board.asked).toContain("clear");
    expect(heard).toContainEqual({ type: "draftTaken", text: "what is this?" });
    dispatcher.last().complete();
  });

  it("does the same for another extension, but at once or not at all", async () => {
    const { composer, board, dispatcher, view, results } = composerBench();
    board.collected = { items: [file], failures: [] };
    const first = composer.sendNow("what is this?");
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toContain("let a = 1;");
    expect(board.asked).toContain("clear");
    expect(await composer.sendNow("and this?")).toEqual({ ok: false, failure: { kind: "busy" } });
    expect(view().queued).toBe("");
    dispatcher.last().emit({ kind: "text", text: "A number." });
    dispatcher.last().complete();
    expect(await first).toMatchObject({ ok: true, text: "A number." });
    // Its caller is told, and tells the user.
    expect(results).toEqual([]);
  });

  it("keeps the chips of a message that another extension cannot send", async () => {
    const { composer, board, dispatcher } = composerBench();
    const failure = { kind: "fileMissing", path: "a.ts" } as const;
    expect(await composer.sendNow(" ")).toEqual({ ok: false, failure: { kind: "emptyMessage" } });
    board.collected = { items: [], failures: [failure] };
    expect(await composer.sendNow("what is this?")).toEqual({ ok: false, failure });
    expect(board.asked).not.toContain("clear");
    expect(dispatcher.runs).toEqual([]);
  });

  it("sends nothing when something on a chip cannot be read, and gives the text back", async () => {
    const { composer, board, dispatcher, heard, results } = composerBench();
    board.collected = { items: [], failures: [{ kind: "fileMissing", path: "a.ts" }] };
    await composer.send("what is this?");
    expect(dispatcher.runs).toEqual([]);
    expect(results).toEqual([{ ok: false, failure: { kind: "fileMissing", path: "a.ts" } }]);
    expect(heard).toContainEqual({ type: "fillDraft", text: "what is this?" });
  });

  it("keeps one message while an answer is under way, and sends it afterwards", async () => {
    const { dispatcher, view } = await withQueued();
    expect(view().queued).toBe("second");
    expect(dispatcher.runs).toHaveLength(1);
    dispatcher.last().complete();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(2);
    expect(dispatcher.last().task.messages.at(-1)?.content).toBe("second");
    expect(view().queued).toBe("");
    dispatcher.last().complete();
  });

  it("gives a queued message back when the answer before it failed", async () => {
    const { dispatcher, heard } = await withQueued();
    const failure = { kind: "invalidKey", detail: "" } as const;
    dispatcher.last().emit({ kind: "ended", outcome: { kind: "failed", failure } });
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(heard).toContainEqual({ type: "fillDraft", text: "second" });
  });

  it("keeps a second one with the first, and gives both back when the answer before them is stopped", async () => {
    const { composer, bench: chat, dispatcher, type, view, heard } = await withQueued();
    await composer.send("third");
    expect(view().queued).toBe("second\n\nthird");
    await type("fourth");
    chat.chat.stop();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(heard).toContainEqual({ type: "fillDraft", text: "second\n\nthird\n\nfourth" });
    expect(view().queued).toBe("");
  });

  it("waits in line, and is not lost, when something else was asked while its files were read", async () => {
    const { composer, bench: chat, board, dispatcher, view } = composerBench();
    const read = Promise.withResolvers<CollectedContext>();
    board.collect = () => read.promise;
    void composer.send("mine");
    void chat.chat.ask({ task: "explain", text: "a command", attachments: [] });
    read.resolve({ items: [file], failures: [] });
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(view().queued).toBe("mine");
    dispatcher.last().complete();
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toMatch(/mine$/);
    expect(view().queued).toBe("");
    dispatcher.last().complete();
  });

  it("gives a queued message back when another conversation is begun: it was meant for this one", async () => {
    const { bench: chat, dispatcher, heard } = await withQueued();
    chat.chat.startNew();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(chat.chat.conversation().turns).toEqual([]);
    expect(heard).toContainEqual({ type: "fillDraft", text: "second" });
  });

  it("forgets a queued message that is taken back", async () => {
    const { composer, dispatcher } = await withQueued();
    await composer.handle({ type: "unqueue" }, () => undefined);
    dispatcher.last().complete();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
  });
});

describe("after a reload", () => {
  /** What a page that is opened hears. */
  function opened(
    { composer }: Pick<ReturnType<typeof composerBench>, "composer">,
    last?: LastLetters,
  ): HostMessage[] {
    const heard: HostMessage[] = [];
    composer.open(last, (answer) => heard.push(answer));
    return heard;
  }

  it("what was typed is there again, to the last letter", async () => {
    const before = composerBench();
    await before.composer.handle({ type: "draft", text: "half a thou" }, () => undefined);
    const after = composerBench(before.state);
    expect(opened(after)[0]).toEqual({ type: "keptDraft", window: "here", text: "half a thou" });
    await letPromisesRun();
    expect(after.view().next).toContain("now");
  });

  it("so are the last letters that the reload took on their way here", async () => {
    const before = composerBench();
    await before.composer.handle({ type: "draft", text: "half a thou" }, () => undefined);
    const after = composerBench(before.state);
    const typed = { window: "here", text: "half a thought" };
    expect(opened(after, typed)[0]).toMatchObject({ text: "half a thought" });
    expect(opened(composerBench(before.state))[0]).toMatchObject({ text: "half a thought" });
  });

  it("but nothing that was typed into another window of the same tab", async () => {
    const before = composerBench();
    await before.composer.handle({ type: "draft", text: "mine" }, () => undefined);
    const typed = { window: "elsewhere", text: "another" };
    expect(opened(composerBench(before.state), typed)[0]).toMatchObject({ text: "mine" });
  });

  it("nothing is there again of what was sent", async () => {
    const before = composerBench();
    await before.type("what is this?");
    void before.composer.send("what is this?");
    await letPromisesRun();
    expect(opened(composerBench(before.state))[0]).toEqual({
      type: "keptDraft",
      window: "here",
      text: "",
    });
    before.dispatcher.last().complete();
  });

  it("a message is in the box as long as it does not stand in the conversation", async () => {
    const before = composerBench();
    await before.type("what is this?");
    before.board.collect = () => new Promise(() => undefined);
    void before.composer.send("what is this?");
    await letPromisesRun();
    expect(opened(composerBench(before.state))[0]).toEqual({
      type: "keptDraft",
      window: "here",
      text: "what is this?",
    });
  });

  it("a message that waited is in the box, before what was typed after it, and not sent by itself", async () => {
    const before = await withQueued();
    await before.type("third");
    const after = composerBench(before.state);
    expect(opened(after)).toContainEqual({
      type: "keptDraft",
      window: "here",
      text: "second\n\nthird",
    });
    await letPromisesRun();
    expect(after.view().queued).toBe("");
    expect(after.dispatcher.runs).toEqual([]);
    before.dispatcher.last().complete();
  });

  it("also when the conversation is restored before there is a page", async () => {
    const before = await withQueued();
    await before.type("third");
    const after = composerBench(before.state);
    after.bench.chat.open(before.bench.chat.conversation());
    const typed = { window: "here", text: "third!" };
    expect(opened(after, typed)[0]).toMatchObject({ text: "second\n\nthird!" });
    expect(opened(after, typed)[0]).toMatchObject({ text: "third!" });
    before.dispatcher.last().complete();
  });

  it("also when the answer was stopped because the window closed", async () => {
    const before = await withQueued();
    await before.type("third");
    before.composer.dispose();
    before.bench.chat.stop();
    await before.bench.chat.idle();
    const typed = { window: "here", text: "third" };
    expect(opened(composerBench(before.state), typed)[0]).toMatchObject({
      text: "second\n\nthird",
    });
  });
});
