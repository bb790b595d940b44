import { beforeEach, describe, expect, it } from "vitest";
import { openHistory } from "../../../src/host/commands/openHistory";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { answerTurn, userTurn } from "../store/storeSamples";
import { question } from "../chat/chatBench";
import { HistoryBench, openedList } from "./historyBench";

let history: HistoryBench;
beforeEach(() => {
  fakeEditor.reset();
  history = new HistoryBench();
});

const open = (argument?: unknown) => openHistory(history, argument);
const gone = { ok: false, failure: { kind: "conversationGone" } };

describe("with an id", () => {
  it("opens the conversation as it is stored now, another window's turns included", async () => {
    const id = await history.converse("one", "first");
    await history.conversations.saveTurn(id, 2, userTurn({ id: "other", text: "theirs" }));
    expect(await open(id)).toEqual({ ok: true, conversationId: id });
    expect(history.chat.conversation().turns.map(({ text }) => text)).toEqual([
      "one",
      "first",
      "theirs",
    ]);
    expect(history.shown).toBe(1);
  });

  it("keeps what could not be saved", async () => {
    const id = await history.converse("one", "first");
    history.conversations.refusal = { kind: "storeUnavailable", detail: "full" };
    void history.chat.ask(question("unsaved"));
    history.bench.dispatcher.last().complete();
    await history.chat.idle();
    history.conversations.refusal = undefined;
    await open(id);
    expect(history.chat.conversation().turns.map(({ text }) => text)).toContain("unsaved");
  });

  it("does not disturb an answer that is under way in it", async () => {
    void history.chat.ask(question("one"));
    const { id } = history.chat.conversation();
    expect(await open(id)).toMatchObject({ ok: true });
    expect(history.chat.isBusy()).toBe(true);
  });

  it("stops the answer that is under way in another, and keeps it", async () => {
    const first = await history.converse("one", "first");
    history.chat.startNew();
    void history.chat.ask(question("two"));
    const second = history.chat.conversation().id;
    history.bench.dispatcher.last().emit({ kind: "text", text: "half" });
    await letPromisesRun();
    const opened = open(first);
    await letPromisesRun();
    history.bench.dispatcher.last().complete();
    expect(await opened).toMatchObject({ ok: true, conversationId: first });
    expect(history.conversations.kept.get(second)?.turns.at(-1)).toMatchObject({ text: "half" });
  });

  it("shows an answer that a crash cut off as interrupted", async () => {
    await history.conversations.create("c", 1, "");
    await history.conversations.saveTurn("c", 0, userTurn());
    const half = answerTurn({ text: "half", status: { kind: "streaming" } });
    await history.conversations.saveTurn("c", 1, half);
    await open("c");
    expect(history.chat.conversation().turns.at(-1)).toMatchObject({
      text: "half",
      status: { kind: "failed", failure: { kind: "interrupted" } },
    });
  });

  it("of none tells so, and leaves the chat as it is", async () => {
    const id = await history.converse("one", "first");
    expect(await open("none")).toEqual(gone);
    expect(history.chat.conversation().id).toBe(id);
  });
});

describe("the list", () => {
  it("has headings by time, the pinned ones first, and what each is", async () => {
    const day = 86_400_000;
    const ages = new Map([
      ["today", 0],
      ["yesterday", day],
      ["last week", 5 * day],
      ["old", 60 * day],
      ["pinned", 90 * day],
    ]);
    for (const [text, age] of ages) {
      const id = await history.converse(text, "answer");
      const spend = { cost: 4_200_000_000n, calls: 1, estimated: text === "old", unpriced: 0 };
      const updatedAt = history.clock.now() - age;
      const about = { updatedAt, pinned: text === "pinned", spend };
      history.conversationList.summaries.set(id, about);
    }
    void open();
    const { items } = await openedList();
    expect(items.map(({ label }) => label).join(", ")).toBe(
      "Pinned, pinned, Today, today, Yesterday, yesterday, Last week, last week, Older, old",
    );
    expect(items[3]?.description).toMatch(/^\d.* · project · 2 messages · \$0\.0042$/);
    expect(items[9]?.description).toContain("~$0.0042");
    expect(items[3]).toMatchObject({ alwaysShow: true });
  });

  it("searches as the user types, one query at a time, the last one for sure", async () => {
    await history.converse("about apples", "red");
    const pears = await history.converse("about pears", "green");
    void open();
    const picker = await openedList();
    history.conversationList.queries.length = 0;
    for (const typed of ["g", "gr", "gre", "gree", "green"]) picker.type(typed);
    expect(picker.busy).toBe(true);
    await letPromisesRun();
    expect(history.conversationList.queries).toEqual(["g", "green"]);
    expect(picker.busy).toBe(false);
    expect(picker.items.map(({ label }) => label)).toEqual(["Today", "about pears"]);
    expect(picker.items[1]).toMatchObject({ conversation: { id: pears } });
  });

  it("opens the chosen one; Escape opens none", async () => {
    const id = await history.converse("one", "first");
    await history.converse("two", "second");
    const opened = open();
    (await openedList()).choose("one");
    expect(await opened).toEqual({ ok: true, conversationId: id });
    expect(history.chat.conversation().id).toBe(id);
    const left = open();
    (await openedList()).hide();
    expect(await left).toEqual({ ok: false, failure: { kind: "stopped" } });
  });

  it("shows signs as they are, not as icons", async () => {
    await history.converse("What is $(document) for?", "jQuery");
    void open();
    expect((await openedList()).items[1]?.label).toBe(String.raw`What is \$(document) for?`);
  });

  it("tells when the store cannot be read", async () => {
    history.conversationList.refusal = { kind: "storeTooNew" };
    void open();
    const picker = await openedList();
    expect(picker.items).toEqual([]);
    expect(picker.placeholder).not.toContain("Search");
  });
});

describe("in the list", () => {
  it("rename asks, comes back and shows the name; an empty one is the question's again", async () => {
    const id = await history.converse("one", "first");
    const opened = open();
    const picker = await openedList();
    fakeEditor.typed = " Mine\n";
    picker.pressOn("one", "Rename");
    await letPromisesRun();
    expect(picker.isShown).toBe(true);
    expect(picker.items[1]?.label).toBe("Mine");
    fakeEditor.typed = " ";
    picker.pressOn("Mine", "Rename");
    await letPromisesRun();
    expect(picker.items[1]?.label).toBe("one");
    fakeEditor.typed = undefined;
    picker.pressOn("one", "Rename");
    await letPromisesRun();
    picker.choose("one");
    expect(await opened).toEqual({ ok: true, conversationId: id });
  });

  it("pin and unpin", async () => {
    await history.converse("one", "first");
    void open();
    const picker = await openedList();
    picker.pressOn("one", "Pin");
    await letPromisesRun();
    expect(picker.items[0]?.label).toBe("Pinned");
    picker.pressOn("one", "Unpin");
    await letPromisesRun();
    expect(picker.items[0]?.label).toBe("Today");
  });

  it("delete takes it off the list and out of the chat, and Undo brings both back", async () => {
    const id = await history.converse("one", "first");
    const undo = Promise.withResolvers<string>();
    fakeEditor.answer = () => undefined;
    const answers = fakeEditor.notify.bind(fakeEditor);
    fakeEditor.notify = (message, buttons) => {
      void answers(message, buttons);
      return undo.promise;
    };
    void open();
    const picker = await openedList();
    picker.pressOn("one", "Delete");
    await letPromisesRun();
    expect(picker.items).toEqual([]);
    expect(history.chat.conversation().turns).toEqual([]);
    expect(fakeEditor.notified).toEqual(["The conversation “one” was deleted. | Undo"]);
    undo.resolve("Undo");
    await letPromisesRun();
    expect(picker.items[1]?.label).toBe("one");
    expect(history.chat.conversation().id).toBe(id);
    fakeEditor.notify = answers;
  });

  it("Undo does not take away what the user has begun meanwhile", async () => {
    await history.converse("one", "first");
    const second = await history.converse("two", "second");
    fakeEditor.answer = (_message, [undo]) => undo;
    void open();
    (await openedList()).pressOn("one", "Delete");
    await letPromisesRun();
    expect(history.conversations.kept.size).toBe(2);
    expect(history.chat.conversation().id).toBe(second);
  });

  it("what another window has deleted for good is told", async () => {
    const id = await history.converse("one", "first");
    void open();
    const picker = await openedList();
    history.conversations.kept.delete(id);
    picker.pressOn("one", "Pin");
    await letPromisesRun();
    expect(fakeEditor.notified).toEqual(["This conversation is gone"]);
    expect(picker.items).toEqual([]);
  });
});
