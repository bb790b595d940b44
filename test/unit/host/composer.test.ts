import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FileItem } from "../../../src/core/context/contextItem";
import type { Forecast } from "../../../src/core/dispatch/forecast";
import { createModelBook } from "../../../src/core/models/modelBook";
import { createComposer } from "../../../src/host/chatView/composer";
import { createComposerSettings } from "../../../src/host/chatView/composerSettings";
import type { CommandResult } from "../../../src/host/commands/commandResult";
import { createSettings } from "../../../src/host/settings";
import type { HostMessage } from "../../../src/protocol/chatMessages";
import { decodeHostMessage } from "../../../src/protocol/chatMessages";
import type { CollectedContext } from "../../../src/host/context/contextBoard";
import type { ComposerView, LastLetters } from "../../../src/protocol/composerMessages";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { FakeBoard } from "../../fakes/fakeBoard";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";
import { chatBench, exchange } from "../chat/chatBench";

const item: FileItem = {
  kind: "file",
  uri: "file:///a.ts",
  path: "a.ts",
  languageId: "typescript",
  startLine: 1,
  endLine: 1,
  text: "let a = 1;",
};

/** How long the user has to pause before the next request is foretold. */
const pauseMs = 150;

function bench(state = new MemoryState()) {
  const chat = chatBench();
  const board = new FakeBoard();
  const heard: HostMessage[] = [];
  const results: CommandResult[] = [];
  const settings = createSettings(() => undefined);
  const composer = createComposer({
    chat: chat.chat,
    board,
    search: { find: (query) => Promise.resolve([{ path: `src/${query}.ts`, isFolder: false }]) },
    settings,
    state,
    window: "here",
    choices: createComposerSettings(settings, state),
    clock: chat.clock,
    reporter: {
      async report(act) {
        const result = await act();
        results.push(result);
        return result;
      },
      act: () => Promise.reject(new Error("not part of this test")),
    },
    log: { info: () => undefined, warn: () => undefined, error: fail },
    post(message) {
      const decoded = decodeHostMessage(structuredClone(message));
      if (decoded === undefined) throw new Error(`no message: ${JSON.stringify(message)}`);
      heard.push(decoded);
    },
  });
  const view = (): ComposerView => {
    const last = heard.findLast((message) => message.type === "composer");
    return last?.type === "composer" ? last.composer : composer.view();
  };
  const type = async (text: string) => {
    await composer.handle({ type: "draft", text }, () => undefined);
    await vi.advanceTimersByTimeAsync(pauseMs);
  };
  return { ...chat, bench: chat, board, composer, heard, results, view, type, state };
}

function fail(message: string): never {
  throw new Error(message);
}

beforeEach(() => {
  fakeEditor.reset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("the line about the next request", () => {
  it("is empty with nothing typed, and for a command", async () => {
    const { type, view } = bench();
    await type("  ");
    expect(view().next).toBe("");
    await type("/explain");
    expect(view().next).toBe("");
  });

  it("says tokens, cost and now", async () => {
    const { type, view, dispatcher } = bench();
    dispatcher.foretold = {
      ...dispatcher.foretold,
      prompt: { likely: 1240, upper: 1272, bound: 1272 },
      cost: { prompt: 186_000_000n, most: 1_414_800_000n },
    };
    await type("hello");
    expect(view()).toMatchObject({
      next: "~1,240 tokens · ~$0.00046 · now",
      nextDetail: "The answer may have 2,048 tokens. It cannot cost more than $0.0014.",
      heldUp: false,
    });
  });

  it("counts down while the request would have to wait, and stops when it need not", async () => {
    const { type, view, dispatcher } = bench();
    const waiting = (ms: number): Forecast => ({
      ...dispatcher.foretold,
      admission: { kind: "wait", ms, dimension: "tpm" },
      smaller: { kind: "shorterAnswer", maxCompletionTokens: 900 },
    });
    dispatcher.foretold = waiting(12_000);
    await type("hello");
    expect(view().next).toContain("in 12 s · now with 900 tokens of answer");
    dispatcher.foretold = waiting(11_000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(view().next).toContain("in 11 s");
    dispatcher.foretold = { ...dispatcher.foretold, admission: { kind: "now" } };
    await vi.advanceTimersByTimeAsync(1000);
    expect(view()).toMatchObject({ heldUp: false });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says why not, and what would fit", async () => {
    const { type, view, dispatcher } = bench();
    const failure = { kind: "tooLarge", limit: 8000, needed: 9500, dimension: "tpm" } as const;
    dispatcher.foretold = {
      ...dispatcher.foretold,
      maxCompletionTokens: 0,
      admission: { kind: "never", failure },
      smaller: { kind: "shorterPrompt", promptTokens: 7456 },
    };
    await type("hello");
    expect(view().next).toMatch(/^~100 tokens · .+ · at most 7,456 tokens fit$/);
    expect(view().heldUp).toBe(true);
  });

  it("counts what the chips hold", async () => {
    const { type, board, bench: chat } = bench();
    board.collected = { items: [item], failures: [] };
    const asked = vi.spyOn(chat.chat, "forecast");
    await type("hello");
    expect(asked.mock.calls[0]?.[0].attachments).toEqual([item]);
  });
});

describe("sending", () => {
  it("takes what the chips show along, and then off", async () => {
    const { composer, board, dispatcher, heard } = bench();
    board.collected = { items: [item], failures: [] };
    void composer.send("what is this?");
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toContain("let a = 1;");
    expect(board.asked).toContain("clear");
    expect(heard).toContainEqual({ type: "draftTaken", text: "what is this?" });
    dispatcher.last().complete();
  });

  it("sends nothing when something on a chip cannot be read, and gives the text back", async () => {
    const { composer, board, dispatcher, heard, results } = bench();
    board.collected = { items: [], failures: [{ kind: "fileMissing", path: "a.ts" }] };
    await composer.send("what is this?");
    expect(dispatcher.runs).toEqual([]);
    expect(results).toEqual([{ ok: false, failure: { kind: "fileMissing", path: "a.ts" } }]);
    expect(heard).toContainEqual({ type: "fillDraft", text: "what is this?" });
  });

  it("keeps one message while an answer is under way, and sends it afterwards", async () => {
    const { composer, dispatcher, view } = bench();
    void composer.send("first");
    await letPromisesRun();
    await composer.send("second");
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
    const { composer, dispatcher, heard } = bench();
    void composer.send("first");
    await letPromisesRun();
    await composer.send("second");
    const failure = { kind: "invalidKey", detail: "" } as const;
    dispatcher.last().emit({ kind: "ended", outcome: { kind: "failed", failure } });
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(heard).toContainEqual({ type: "fillDraft", text: "second" });
  });

  it("keeps a second one with the first, and gives both back when the answer before them is stopped", async () => {
    const { composer, bench: chat, dispatcher, type, view, heard } = bench();
    void composer.send("first");
    await letPromisesRun();
    await composer.send("second");
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
    const { composer, bench: chat, board, dispatcher, view } = bench();
    const read = Promise.withResolvers<CollectedContext>();
    board.collect = () => read.promise;
    void composer.send("mine");
    void chat.chat.ask({ task: "explain", text: "a command", attachments: [] });
    read.resolve({ items: [item], failures: [] });
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
    const { composer, bench: chat, dispatcher, heard } = bench();
    void composer.send("first");
    await letPromisesRun();
    await composer.send("second");
    chat.chat.startNew();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
    expect(chat.chat.conversation().turns).toEqual([]);
    expect(heard).toContainEqual({ type: "fillDraft", text: "second" });
  });

  it("forgets a queued message that is taken back", async () => {
    const { composer, dispatcher } = bench();
    void composer.send("first");
    await letPromisesRun();
    await composer.send("second");
    await composer.handle({ type: "unqueue" }, () => undefined);
    dispatcher.last().complete();
    await letPromisesRun();
    expect(dispatcher.runs).toHaveLength(1);
  });
});

describe("after a reload", () => {
  /** What a page that is opened hears. */
  function opened(
    { composer }: Pick<ReturnType<typeof bench>, "composer">,
    last?: LastLetters,
  ): HostMessage[] {
    const heard: HostMessage[] = [];
    composer.open(last, (answer) => heard.push(answer));
    return heard;
  }

  it("what was typed is there again, to the last letter", async () => {
    const before = bench();
    await before.composer.handle({ type: "draft", text: "half a thou" }, () => undefined);
    const after = bench(before.state);
    expect(opened(after)[0]).toEqual({ type: "keptDraft", window: "here", text: "half a thou" });
    await letPromisesRun();
    expect(after.view().next).toContain("now");
  });

  it("so are the last letters that the reload took on their way here", async () => {
    const before = bench();
    await before.composer.handle({ type: "draft", text: "half a thou" }, () => undefined);
    const after = bench(before.state);
    const typed = { window: "here", text: "half a thought" };
    expect(opened(after, typed)[0]).toMatchObject({ text: "half a thought" });
    expect(opened(bench(before.state))[0]).toMatchObject({ text: "half a thought" });
  });

  it("but nothing that was typed into another window of the same tab", async () => {
    const before = bench();
    await before.composer.handle({ type: "draft", text: "mine" }, () => undefined);
    const typed = { window: "elsewhere", text: "another" };
    expect(opened(bench(before.state), typed)[0]).toMatchObject({ text: "mine" });
  });

  it("nothing is there again of what was sent", async () => {
    const before = bench();
    await before.type("what is this?");
    void before.composer.send("what is this?");
    await letPromisesRun();
    expect(opened(bench(before.state))[0]).toEqual({ type: "keptDraft", window: "here", text: "" });
    before.dispatcher.last().complete();
  });

  it("a message is in the box as long as it does not stand in the conversation", async () => {
    const before = bench();
    await before.type("what is this?");
    before.board.collect = () => new Promise(() => undefined);
    void before.composer.send("what is this?");
    await letPromisesRun();
    expect(opened(bench(before.state))[0]).toEqual({
      type: "keptDraft",
      window: "here",
      text: "what is this?",
    });
  });

  it("a message that waited is in the box, before what was typed after it, and not sent by itself", async () => {
    const before = bench();
    void before.composer.send("first");
    await letPromisesRun();
    await before.composer.send("second");
    await before.type("third");
    const after = bench(before.state);
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
});

describe("commands after a slash", () => {
  it("/review asks about the selection, else about the changes, and about nothing else", async () => {
    const { composer, board, dispatcher } = bench();
    board.there.set("gitDiff", {
      kind: "gitDiff",
      scope: "workingTree",
      repository: "r",
      files: ["a.ts"],
      text: "-let a\n+let b",
      linesLeftOut: 0,
    });
    void composer.send("/review only security");
    await letPromisesRun();
    expect(board.asked.slice(0, 2)).toEqual(["read selection", "read gitDiff"]);
    const asked = dispatcher.last().task.messages.at(-1)?.content ?? "";
    expect(asked).toContain("+let b");
    expect(asked).toMatch(/only security$/);
    dispatcher.last().complete();
  });

  it("/commit goes to the fast model", async () => {
    const { composer, board, dispatcher } = bench();
    const diff = { kind: "gitDiff", scope: "staged", repository: "r", linesLeftOut: 0 } as const;
    board.there.set("gitDiff", { ...diff, files: ["a.ts"], text: "+let b" });
    void composer.send("/commit");
    await letPromisesRun();
    expect(dispatcher.last().task.model.id).toBe("openai/gpt-oss-20b");
    dispatcher.last().complete();
  });

  it("/clear begins a new chat, /help shows what there is", async () => {
    const { composer, bench: chat, heard } = bench();
    const before = chat.chat.conversation().id;
    await composer.send("/clear");
    expect(chat.chat.conversation().id).not.toBe(before);
    await composer.send("/help");
    expect(heard).toContainEqual({ type: "fillDraft", text: "/" });
  });

  it("a slash elsewhere is a question", async () => {
    const { composer, dispatcher } = bench();
    void composer.send("what is /etc/hosts for?");
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toBe("what is /etc/hosts for?");
    dispatcher.last().complete();
  });
});

describe("a conversation that has outgrown the limit", () => {
  const long = "and so it goes on ".repeat(150);

  it("is marked as soon as it is open, and in the line about the next request", async () => {
    const { bench: chat, type, view } = bench();
    for (const about of ["ants", "bees", "cats", "dogs"]) await exchange(chat, about, long);
    await letPromisesRun();
    expect(view().history.cut?.offer).toMatch(/^Summarise earlier messages \(~\$0\.000\d+\)$/);
    await type("And now?");
    expect(view().next).toMatch(/ · now · \d earlier messages are not sent$/);
    expect(chat.dispatcher.runs).toHaveLength(4);
  });

  it("has a summary at the user's word, which can be removed", async () => {
    const { composer, bench: chat, dispatcher, view, heard } = bench();
    for (const about of ["ants", "bees", "cats", "dogs"]) await exchange(chat, about, long);
    await letPromisesRun();
    const summarised = composer.handle({ type: "summarise" }, () => undefined);
    await letPromisesRun();
    expect(view().history.cut).toMatchObject({ offer: "", progress: "Summarising…" });
    dispatcher.last().emit({ kind: "text", text: "Animals." });
    dispatcher.last().complete();
    await summarised;
    expect(heard).toContainEqual({ type: "announce", text: "The summary is ready" });
    const { summary, cut } = view().history;
    expect(cut).toBeUndefined();
    expect(summary).toMatchObject({ text: "Animals." });
    const turnId = summary?.turnId ?? "";
    await composer.handle({ type: "removeSummary", turnId }, () => undefined);
    expect(view().history.summary).toBeUndefined();
  });

  it("tells why there is no summary", async () => {
    const { composer, bench: chat, dispatcher, results } = bench();
    for (const about of ["ants", "bees", "cats", "dogs"]) await exchange(chat, about, long);
    const summarised = composer.handle({ type: "summarise" }, () => undefined);
    await letPromisesRun();
    const failure = { kind: "invalidKey", detail: "" } as const;
    dispatcher.last().emit({ kind: "ended", outcome: { kind: "failed", failure } });
    await summarised;
    expect(results).toEqual([{ ok: false, failure }]);
  });
});

it("says so when a picture cannot go along", async () => {
  const { composer, board, results } = bench();
  board.add = () =>
    Promise.resolve({ ids: [], failures: [{ kind: "noImages", name: "plan.png", model: "m" }] });
  const picture = { name: "plan.png", mediaType: "image/png", data: "iVBORw0KGgo=" };
  await composer.handle({ type: "attachFile", ...picture }, () => undefined);
  expect(results).toMatchObject([{ ok: false, failure: { kind: "noImages", name: "plan.png" } }]);
});

it("offers instructions that were switched off, and shows that those that are there go along", async () => {
  const { composer, board } = bench();
  expect(composer.view().instructions).toBeUndefined();
  board.shown = [
    { id: "instructions", kind: "instructions", label: "AGENTS.md", automatic: false },
  ];
  expect(composer.view().instructions).toMatchObject({ on: true });
  board.shown = [];
  await composer.handle({ type: "instructions", on: false }, () => undefined);
  expect(composer.view().instructions).toMatchObject({ on: false });
  await composer.handle({ type: "instructions", on: true }, () => undefined);
  expect(composer.view().instructions).toBeUndefined();
});

it("finds files, and shows chips with their tokens", async () => {
  const { composer, board, view } = bench();
  const answers: HostMessage[] = [];
  await composer.handle({ type: "mentions", query: "chat" }, (answer) => answers.push(answer));
  expect(answers).toEqual([
    { type: "foundMentions", query: "chat", found: [{ path: "src/chat.ts", isFolder: false }] },
  ]);
  board.shown = [
    {
      id: "1",
      kind: "file",
      label: "a.ts",
      automatic: false,
      tokens: { count: 1320, exact: true },
    },
    { id: "2", kind: "selection", label: "b.ts:1-9", automatic: true },
  ];
  board.change();
  await letPromisesRun();
  expect(view().chips).toEqual([{ id: "1", label: "a.ts", tokens: "1,320 tokens", warning: "" }]);
  expect(view().automatic).toMatchObject({ on: true, chip: { label: "b.ts:1-9", tokens: "" } });
});

it("offers the models that can be asked, and the efforts of those that think", () => {
  const { view } = bench();
  const { models, efforts, lengths } = view();
  expect(models.map(({ value }) => value)).toContain("openai/gpt-oss-20b");
  expect(models.map(({ label }) => label)).toContain("gpt-oss-120b");
  expect(efforts).toHaveLength(3);
  expect(lengths.map(({ value }) => value)).toEqual(["short", "normal", "long"]);
  expect(createModelBook(undefined, new Map()).models.length).toBeGreaterThan(models.length);
});
