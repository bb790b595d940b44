import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Forecast } from "../../../src/core/dispatch/forecast";
import { createModelBook } from "../../../src/core/models/modelBook";
import type { HostMessage } from "../../../src/protocol/chatMessages";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { exchange } from "../chat/chatBench";
import { composerBench, file } from "./composerBench";

beforeEach(() => {
  fakeEditor.reset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("the line about the next request", () => {
  it("is empty with nothing typed, and for a command", async () => {
    const { type, view } = composerBench();
    await type("  ");
    expect(view().next).toBe("");
    await type("/explain");
    expect(view().next).toBe("");
  });

  it("says tokens, cost and now", async () => {
    const { type, view, dispatcher } = composerBench();
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
    const { type, view, dispatcher } = composerBench();
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
    const { type, view, dispatcher } = composerBench();
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
    const { type, board, bench: chat } = composerBench();
    board.collected = { items: [file], failures: [] };
    const asked = vi.spyOn(chat.chat, "forecast");
    await type("hello");
    expect(asked.mock.calls[0]?.[0].attachments).toEqual([file]);
  });
});

describe("commands after a slash", () => {
  it("/review asks about the selection, else about the changes, and about nothing else", async () => {
    const { composer, board, dispatcher } = composerBench();
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
    const { composer, board, dispatcher } = composerBench();
    const diff = { kind: "gitDiff", scope: "staged", repository: "r", linesLeftOut: 0 } as const;
    board.there.set("gitDiff", { ...diff, files: ["a.ts"], text: "+let b" });
    void composer.send("/commit");
    await letPromisesRun();
    expect(dispatcher.last().task.model.id).toBe("openai/gpt-oss-20b");
    dispatcher.last().complete();
  });

  it("/clear begins a new chat, /help shows what there is", async () => {
    const { composer, bench: chat, heard } = composerBench();
    const before = chat.chat.conversation().id;
    await composer.send("/clear");
    expect(chat.chat.conversation().id).not.toBe(before);
    await composer.send("/help");
    expect(heard).toContainEqual({ type: "fillDraft", text: "/" });
  });

  it("a slash elsewhere is a question", async () => {
    const { composer, dispatcher } = composerBench();
    void composer.send("what is /etc/hosts for?");
    await letPromisesRun();
    expect(dispatcher.last().task.messages.at(-1)?.content).toBe("what is /etc/hosts for?");
    dispatcher.last().complete();
  });
});

describe("a conversation that has outgrown the limit", () => {
  const long = "and so it goes on ".repeat(150);

  it("is marked as soon as it is open, and in the line about the next request", async () => {
    const { bench: chat, type, view } = composerBench();
    for (const about of ["ants", "bees", "cats", "dogs"]) await exchange(chat, about, long);
    await letPromisesRun();
    expect(view().history.cut?.offer).toMatch(/^Summarise earlier messages \(~\$0\.000\d+\)$/);
    await type("And now?");
    expect(view().next).toMatch(/ · now · \d earlier messages are not sent$/);
    expect(chat.dispatcher.runs).toHaveLength(4);
  });

  it("is marked before the price of a summary is known", async () => {
    const { bench: chat, view } = composerBench();
    vi.spyOn(chat.chat, "forecastSummary").mockReturnValue(new Promise(() => undefined));
    for (const about of ["ants", "bees", "cats", "dogs"]) await exchange(chat, about, long);
    const [firstSent] = chat.chat.history({ task: "chat", text: "", attachments: [] }).history.kept;
    expect(view().history.cut).toMatchObject({ before: firstSent?.id, offer: "" });
  });

  it("has a summary at the user's word, which can be removed", async () => {
    const { composer, bench: chat, dispatcher, view, heard } = composerBench();
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
    const { composer, bench: chat, dispatcher, results } = composerBench();
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
  const { composer, board, results } = composerBench();
  board.add = () =>
    Promise.resolve({ ids: [], failures: [{ kind: "noImages", name: "plan.png", model: "m" }] });
  const picture = { name: "plan.png", mediaType: "image/png", data: "iVBORw0KGgo=" };
  await composer.handle({ type: "attachFile", ...picture }, () => undefined);
  expect(results).toMatchObject([{ ok: false, failure: { kind: "noImages", name: "plan.png" } }]);
});

it("offers instructions that were switched off, and shows that those that are there go along", async () => {
  const { composer, board } = composerBench();
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

it("adds what the at sign offers by a name of its own", async () => {
  const { composer, board } = composerBench();
  const requested = vi.spyOn(board, "add");
  const { contexts } = composer.view();
  for (const { name } of contexts)
    await composer.handle({ type: "addContext", name }, () => undefined);
  expect(contexts.map(({ name }) => name)).toEqual(["problems", "changes", "staged", "terminal"]);
  expect(requested.mock.calls).toEqual([
    [{ kind: "problems" }],
    [{ kind: "gitDiff", scope: "workingTree" }],
    [{ kind: "gitDiff", scope: "staged" }],
    [{ kind: "terminal" }],
  ]);
});

it("finds files, and shows chips with their tokens", async () => {
  const { composer, board, view } = composerBench();
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
  const { view } = composerBench();
  const { models, efforts, lengths } = view();
  expect(models.map(({ value }) => value)).toContain("openai/gpt-oss-20b");
  expect(models.map(({ label }) => label)).toContain("gpt-oss-120b");
  expect(efforts).toHaveLength(3);
  expect(lengths.map(({ value }) => value)).toEqual(["short", "normal", "long"]);
  expect(createModelBook(undefined, new Map()).models.length).toBeGreaterThan(models.length);
});
