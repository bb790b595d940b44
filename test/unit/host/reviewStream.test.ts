import { chmodSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Chat } from "../../../src/core/chat/chat";
import { fail } from "../../../src/core/dispatch/failure";
import { followEdits } from "../../../src/host/editor/followEdits";
import { proposeText } from "../../../src/host/editor/proposal";
import { createRepairEdit } from "../../../src/host/editor/repairEdit";
import { createReview } from "../../../src/host/editor/createReview";
import type { ReviewDesk } from "../../../src/host/editor/review";
import { ControlledDispatcher } from "../../fakes/controlledDispatcher";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryAppliedEdits } from "../../fakes/memoryAppliedEdits";
import { MemoryState } from "../../fakes/memoryState";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { answerTurn } from "../store/storeSamples";
import { chatBench } from "../chat/chatBench";

const before = "zero\none\ntwo\nthree\nfour\nfive\nsix\n";
let folder: TemporaryFolder;
let dispatcher: ControlledDispatcher;
let review: ReviewDesk;
beforeEach(() => {
  fakeEditor.reset();
  folder = new TemporaryFolder();
  fakeEditor.folder = folder.path;
  writeFileSync(folder.file("a.ts"), before);
  fakeEditor.show(`file://${folder.file("a.ts")}`, before);
  dispatcher = new ControlledDispatcher();
  const { settings } = chatBench();
  review = createReview(
    {
      store: new MemoryAppliedEdits(),
      state: new MemoryState(),
      clock: { now: () => 0 },
      newId: () => "1",
    },
    createRepairEdit({ dispatcher, settings: () => settings, conversationId: () => "c1" }),
  );
});
afterEach(() => {
  review.dispose();
  vi.useRealTimers();
  folder[Symbol.dispose]();
});

function offered() {
  const uri = `file://${folder.file("a.ts")}`;
  return [{ uri, path: "a.ts", languageId: "", startLine: 1, endLine: 7, text: before }];
}

const lenses = () => {
  const uri = fakeEditor.activeTextEditor?.document.uri;
  if (uri === undefined) return [];
  const shown = fakeEditor.lensProvider?.provideCodeLenses({ uri }) ?? [];
  return shown.map(({ command }) => command.title);
};

/** Files are looked at on the disk, which takes no fixed time, and timers are the test's: both go on until it is so. */
async function lensesAre(titles: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(lenses()).toEqual(titles), { timeout: 60_000 });
}

describe("an edit is shown while it is written", () => {
  it("hunk by hunk, at most ten times a second, and is decided on when it is whole", async () => {
    vi.useFakeTimers();
    const bench = chatBench();
    const follow = followEdits({
      chat: bench.chat,
      review,
      offered,
      isEdit: ({ task }) => task === "edit",
      onError: (error) => {
        throw error;
      },
    });
    const asked = bench.chat.ask({ task: "edit", text: "do", attachments: [] });
    await vi.advanceTimersByTimeAsync(0);
    const [run] = bench.dispatcher.runs;
    const say = async (text: string) => {
      run?.emit({ kind: "text", text });
      await vi.advanceTimersByTimeAsync(100);
    };
    await say("*** Begin Patch\n*** Update File: a.ts\n@@\n zero\n-one\n+ONE\n two\n");
    expect(fakeEditor.activeTextEditor).toBeUndefined();
    await say("@@\n four\n-fi");
    await lensesAre(["Writing… Edit of a.ts"]);
    expect(await review.accept()).toMatchObject({ failure: { kind: "noProposal" } });
    await say("ve\n+FIVE\n six\n*** End Patch\n");
    run?.complete();
    await vi.advanceTimersByTimeAsync(100);
    const answer = await asked;
    if (!answer.ok) throw new Error(answer.failure.kind);
    expect(await review.open(answer.value, offered())).toMatchObject({ ok: true });
    expect(lenses().filter((title) => title === "Accept")).toHaveLength(2);
    expect(fakeEditor.documents.get(`file://${folder.file("a.ts")}`)?.getText()).toBe(before);
    follow.dispose();
  });

  it("one view after the other: a slow one does not come after a newer one", async () => {
    vi.useFakeTimers();
    const bench = chatBench();
    const preview = vi.fn<ReviewDesk["preview"]>();
    let looks = 0;
    const follow = followEdits({
      chat: bench.chat,
      review: { preview, endPreview: () => Promise.resolve() },
      offered() {
        looks++;
        return offered();
      },
      isEdit: () => true,
      onError: (error) => {
        throw error;
      },
    });
    void bench.chat.ask({ task: "edit", text: "do", attachments: [] });
    await vi.advanceTimersByTimeAsync(0);
    const say = async (text: string) => {
      bench.dispatcher.last().emit({ kind: "text", text });
      await vi.advanceTimersByTimeAsync(100);
    };
    const first = Promise.withResolvers<void>();
    preview.mockReturnValueOnce(first.promise).mockResolvedValue();
    await say("*** Begin Patch\n*** Update File: a.ts\n@@\n zero\n-one\n+ONE\n two\n@@\n");
    await vi.waitFor(() => expect(preview).toHaveBeenCalledTimes(1), { timeout: 60_000 });
    await say(" four\n-five\n+FIVE\n six\n@@\n");
    expect(looks).toBe(1);
    first.resolve();
    await vi.advanceTimersByTimeAsync(0);
    await say(" zero\n");
    expect(looks).toBe(2);
    await vi.waitFor(() => expect(preview).toHaveBeenCalledTimes(2), { timeout: 60_000 });
    bench.chat.stop();
    follow.dispose();
  });
});

it("an edit that cannot be reviewed is not shown any more", async () => {
  const change =
    "*** Begin Patch\n*** Update File: a.ts\n@@\n zero\n-one\n+ONE\n two\n*** End Patch";
  const files = await proposeText(change, offered(), "a.ts");
  if (!files.ok) throw new Error(files.failure.kind);
  const answer = answerTurn({ task: "edit", text: change });
  await review.preview(answer.id, files.value);
  expect(lenses()).toEqual(["Writing… Edit of a.ts"]);
  chmodSync(folder.file("a.ts"), 0o444);
  expect(await review.open(answer, offered())).toMatchObject({ failure: { kind: "readOnly" } });
  expect(lenses()).toEqual([]);
});

it.each([
  ["stopped", (chat: Chat) => chat.stop()],
  ["left for another conversation", (chat: Chat) => chat.startNew()],
])("an edit whose answer is %s is not shown any more", async (_name, leave) => {
  vi.useFakeTimers();
  const bench = chatBench();
  const follow = followEdits({
    chat: bench.chat,
    review,
    offered,
    isEdit: () => true,
    onError: (error) => {
      throw error;
    },
  });
  const asked = bench.chat.ask({ task: "edit", text: "do", attachments: [] });
  await vi.advanceTimersByTimeAsync(0);
  bench.dispatcher.last().emit({
    kind: "text",
    text: "*** Begin Patch\n*** Update File: a.ts\n@@\n zero\n-one\n+ONE\n two\n@@\n four\n",
  });
  await vi.advanceTimersByTimeAsync(100);
  await lensesAre(["Writing… Edit of a.ts"]);
  leave(bench.chat);
  await asked;
  await lensesAre([]);
  follow.dispose();
});

describe("an edit that does not fit", () => {
  const misfit = answerTurn({
    task: "edit",
    text: "*** Begin Patch\n*** Update File: a.ts\n@@\n zero\n-one\n+ONE\n two\n@@\n three\n-not there at all\n+FOUR\n five\n*** End Patch",
  });
  const repaired =
    "*** Begin Patch\n*** Update File: a.ts\n@@\n three\n-four\n+FOUR\n five\n*** End Patch";

  it("offers one repair with its cost, and nothing is sent before it is taken", async () => {
    const opened = await review.open(misfit, offered());
    expect(opened).toMatchObject({
      failure: { kind: "editNotApplicable", repair: { answerId: misfit.id } },
    });
    if (opened.ok || opened.failure.kind !== "editNotApplicable") throw new Error("not refused");
    expect(opened.failure.repair?.tokens).toBeGreaterThan(100);
    expect(BigInt(opened.failure.repair?.cost ?? 0)).toBeGreaterThan(0n);
    expect(dispatcher.runs).toEqual([]);
  });

  it("comes whole after the repair, for review like any other", async () => {
    await review.open(misfit, offered());
    const repairing = review.repair(misfit.id);
    const [run] = dispatcher.runs;
    expect(run?.task).toMatchObject({ kind: "edit", conversationId: "c1", reasoningEffort: "low" });
    const prompt = run?.task.messages.map(({ content }) => content).join("\n") ?? "";
    expect(prompt).toContain("not there at all");
    expect(prompt).not.toContain("+ONE");
    run?.emit({ kind: "text", text: repaired });
    run?.complete();
    expect(await repairing).toMatchObject({ ok: true });
    await review.acceptAll();
    const text = fakeEditor.documents.get(`file://${folder.file("a.ts")}`)?.getText();
    expect(text).toBe(before.replace("one", "ONE").replace("four", "FOUR"));
  });

  it("of one block of an answer is offered it, too", async () => {
    const part = { id: misfit.id, text: misfit.text };
    const propose = () => proposeText(misfit.text, offered(), undefined);
    expect(await review.openPart(part, offered(), propose)).toMatchObject({
      failure: { kind: "editNotApplicable", repair: { answerId: misfit.id } },
    });
    const repairing = review.repair(misfit.id);
    dispatcher.last().emit({ kind: "text", text: repaired });
    dispatcher.last().complete();
    expect(await repairing).toMatchObject({ ok: true });
    expect(lenses().filter((title) => title === "Accept")).toHaveLength(2);
  });

  it("can be reviewed again after its repair, against the file as it is then", async () => {
    await review.open(misfit, offered());
    const repairing = review.repair(misfit.id);
    dispatcher.last().emit({ kind: "text", text: repaired });
    dispatcher.last().complete();
    await repairing;
    const document = fakeEditor.documents.get(`file://${folder.file("a.ts")}`);
    document?.change(`mine\n${before}`);
    expect(await review.acceptAll()).toMatchObject({ failure: { kind: "documentChanged" } });
    expect(await review.openAgain()).toMatchObject({ ok: true });
    expect(await review.acceptAll()).toMatchObject({ ok: true });
    expect(document?.getText()).toBe(
      `mine\n${before.replace("one", "ONE").replace("four", "FOUR")}`,
    );
  });

  it("is repaired once: a repair that fits no better is not offered another", async () => {
    await review.open(misfit, offered());
    const repairing = review.repair(misfit.id);
    dispatcher.runs[0]?.emit({ kind: "text", text: misfit.text });
    dispatcher.runs[0]?.complete();
    expect(await repairing).toMatchObject({ failure: { kind: "editNotApplicable" } });
    const again = await review.open(misfit, offered());
    expect(again).toMatchObject({ failure: { kind: "editNotApplicable" } });
    expect(again).not.toHaveProperty("failure.repair");
    expect(await review.repair(misfit.id)).toEqual(fail({ kind: "noEdit" }));
    expect(dispatcher.runs).toHaveLength(1);
  });

  it("can be repaired once more after a repair that did not get through", async () => {
    await review.open(misfit, offered());
    const failing = review.repair(misfit.id);
    dispatcher.last().emit({
      kind: "ended",
      outcome: { kind: "failed", failure: { kind: "cutOff" } },
    });
    expect(await failing).toMatchObject({ failure: { kind: "cutOff" } });
    const repairing = review.repair(misfit.id);
    dispatcher.last().emit({ kind: "text", text: repaired });
    dispatcher.last().complete();
    expect(await repairing).toMatchObject({ ok: true });
  });

  it("a repair reaches no file that was not offered", async () => {
    await review.open(misfit, offered());
    const repairing = review.repair(misfit.id);
    dispatcher.runs[0]?.emit({
      kind: "text",
      text: "*** Begin Patch\n*** Update File: ../b.ts\n@@\n-x\n+y\n*** End Patch",
    });
    dispatcher.runs[0]?.complete();
    expect(await repairing).toMatchObject({ ok: false });
  });
});
