import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { asInterrupted } from "../../../src/core/chat/answer";
import { migrations } from "../../../src/store/schema";
import type { OpenedStore } from "../../fakes/openedStore";
import { answerTurn, reservation, settlement, userTurn } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let nowMs: number;
let store: OpenedStore;
beforeEach(() => {
  nowMs = 1000;
  store = windows.open({ now: () => nowMs });
});

/** A question and its answer, a second after what was last written. */
function converse(id: string, question: string, answer: string, window = store): void {
  nowMs += 1000;
  if (window.loadConversation(id) === undefined) window.createConversation(id, nowMs, "project");
  const asked = `u ${id} ${nowMs}`;
  const from = window.loadConversation(id)?.turns.length ?? 0;
  window.saveTurn(id, from, userTurn({ id: asked, text: question }));
  window.saveTurn(
    id,
    from + 1,
    answerTurn({ id: `a ${id} ${nowMs}`, questionId: asked, text: answer }),
  );
}

const ids = (query = "", window = store) =>
  window.listConversations(query, 100).map(({ id }) => id);

describe("the list", () => {
  it("has the pinned ones first, then the last written ones", () => {
    converse("a", "first", "1");
    converse("b", "second", "2");
    converse("c", "third", "3");
    converse("a", "first again", "4");
    store.pinConversation("b", true);
    expect(ids()).toEqual(["b", "a", "c"]);
    store.pinConversation("b", false);
    expect(ids()).toEqual(["a", "c", "b"]);
    expect(store.listConversations("", 2)).toHaveLength(2);
  });

  it("tells what each is", () => {
    converse("a", "How do I sort?", "So.");
    store.reserve(reservation("1", { conversationId: "a" }), {});
    store.settle("1", settlement());
    expect(store.listConversations("", 10)).toEqual([
      {
        id: "a",
        title: { kind: "question", text: "How do I sort?" },
        pinned: false,
        updatedAt: nowMs,
        turns: 2,
        workspace: "project",
        spend: { cost: 500_000_000n, calls: 1, estimated: false, unpriced: 0 },
      },
    ]);
  });

  it("has none without a turn", () => {
    store.createConversation("empty", 1);
    expect(ids()).toEqual([]);
  });

  it("is the same in a window on another folder", () => {
    converse("a", "first", "1");
    expect(ids("", windows.open())).toEqual(["a"]);
  });

  it("neither name nor pin moves a conversation in time", () => {
    converse("a", "first", "1");
    converse("b", "second", "2");
    nowMs += 1000;
    store.renameConversation("a", "Mine");
    expect(ids()).toEqual(["b", "a"]);
  });
});

describe("a name", () => {
  it("of the user's stays, and can be taken back", () => {
    converse("a", "How do I sort?", "So.");
    expect(store.renameConversation("a", "Sorting")).toBe(true);
    expect(store.listConversations("", 1)[0]?.title).toEqual({ kind: "given", text: "Sorting" });
    expect(store.loadConversation("a")?.title).toBe("Sorting");
    store.renameConversation("a", undefined);
    expect(store.listConversations("", 1)[0]?.title).toMatchObject({ kind: "question" });
    expect(store.renameConversation("none", "x")).toBe(false);
  });

  it("is found, the old one no more", () => {
    converse("a", "q", "a");
    store.renameConversation("a", "Sorting algorithms");
    expect(ids("algor")).toEqual(["a"]);
    store.renameConversation("a", "Other");
    expect(ids("algor")).toEqual([]);
  });
});

describe("what is removed", () => {
  beforeEach(() => converse("a", "about bananas", "yellow"));

  it("is off the list and the search, and comes back whole", () => {
    const before = store.loadConversation("a");
    expect(store.removeConversation("a")).toBe(true);
    expect([ids(), ids("bananas"), store.loadConversation("a")]).toEqual([[], [], undefined]);
    expect(store.restoreConversation("a")).toBe(true);
    expect([ids(), ids("bananas"), store.loadConversation("a")]).toEqual([["a"], ["a"], before]);
  });

  it("is gone for good after a while, with its words", () => {
    converse("b", "about cherries", "red");
    expect(ids("bananas")).toEqual(["a"]);
    store.removeConversation("a");
    store.purgeConversations(nowMs);
    expect(store.restoreConversation("a")).toBe(true);
    store.removeConversation("a");
    store.purgeConversations(nowMs + 1);
    expect(store.restoreConversation("a")).toBe(false);
    expect([ids("bananas"), ids("cherries")]).toEqual([[], ["b"]]);
    const database = new DatabaseSync(windows.path);
    const words = database.prepare("SELECT block FROM search_index_data").all();
    expect(words.some(({ block }) => Buffer.from(block as Uint8Array).includes("anana"))).toBe(
      false,
    );
    database.close();
  });

  it("comes back when another window goes on with it, but not by an answer under way", () => {
    const other = windows.open({ now: () => nowMs });
    other.saveTurn("a", 2, answerTurn({ id: "late", text: "ye", status: { kind: "streaming" } }));
    store.removeConversation("a");
    other.saveTurn("a", 2, answerTurn({ id: "late", text: "yellow" }));
    expect(ids()).toEqual([]);
    other.saveTurn("a", 3, userTurn({ id: "next", text: "more" }));
    expect(store.loadConversation("a")?.turns.map(({ text }) => text)).toEqual([
      "about bananas",
      "yellow",
      "yellow",
      "more",
    ]);
  });

  it("is forgotten with its days, a pinned one is not", () => {
    const day = 86_400_000;
    nowMs = Date.parse("2026-11-01T12:00");
    converse("pinned", "p", "1");
    converse("plain", "q", "2");
    store.pinConversation("pinned", true);
    nowMs += 30 * day;
    converse("new", "r", "3");
    store.forgetBefore("2026-11-20");
    expect(ids()).toEqual(["pinned", "new"]);
    store.deleteAll("2026-12-01");
    expect(ids()).toEqual([]);
    converse("after", "apples", "4");
    expect(ids("apples")).toEqual(["after"]);
  });
});

describe("two windows with one conversation", () => {
  it("both write: every turn is kept, in the order in which it came", () => {
    const [one, other] = [store, windows.open({ now: () => nowMs })];
    converse("c", "begun", "yes");
    // Each knows two turns, and puts its own at the third place.
    one.saveTurn("c", 2, userTurn({ id: "u one", text: "one asks" }));
    other.saveTurn("c", 2, userTurn({ id: "u other", text: "other asks" }));
    one.saveTurn("c", 3, answerTurn({ id: "a one", text: "for", status: { kind: "streaming" } }));
    other.saveTurn("c", 3, answerTurn({ id: "a other", text: "for other" }));
    one.saveTurn("c", 3, answerTurn({ id: "a one", text: "for one" }));
    for (const window of [one, other, windows.open()])
      expect(window.loadConversation("c")?.turns.map(({ text }) => text)).toEqual([
        "begun",
        "yes",
        "one asks",
        "other asks",
        "for one",
        "for other",
      ]);
    expect(ids("other asks")).toEqual(["c"]);
  });

  it("the other finds at once what was said, named and removed here", () => {
    const other = windows.open({ now: () => nowMs });
    converse("c", "about kiwis", "green");
    expect(ids("kiwis", other)).toEqual(["c"]);
    converse("c", "and plums", "blue", other);
    expect(ids("plums")).toEqual(["c"]);
    store.renameConversation("c", "Fruit");
    expect(ids("fruit", other)).toEqual(["c"]);
    other.removeConversation("c");
    expect(ids("plums")).toEqual([]);
  });
});

describe("after a crash in the middle of an answer", () => {
  it("the conversation is on the list, and found by what had come", () => {
    store.saveTurn("c", 0, userTurn({ id: "u", text: "why?" }));
    store.saveTurn("c", 1, answerTurn({ id: "a", text: "", status: { kind: "waiting" } }));
    store.saveTurn(
      "c",
      1,
      answerTurn({ id: "a", text: "because o", status: { kind: "streaming" } }),
    );
    // Nothing is closed: the window is gone. Another one starts.
    const next = windows.open();
    expect(next.listConversations("because", 10)).toMatchObject([{ id: "c", turns: 2 }]);
    expect(next.loadConversation("c")?.turns.map(asInterrupted).at(-1)).toMatchObject({
      text: "because o",
      status: { kind: "failed", failure: { kind: "interrupted" } },
    });
  });
});

describe("a whole conversation is added", () => {
  it("and reads as it was given; twice is once, as a step may be repeated", () => {
    const conversation = {
      id: "new",
      createdAt: 5,
      workspace: "elsewhere",
      title: "Imported",
      turns: [userTurn(), answerTurn({ settlement: settlement() })],
    };
    store.addConversation(conversation);
    store.addConversation(conversation);
    expect(store.loadConversation("new")).toEqual(conversation);
    expect(ids("imported")).toEqual(["new"]);
    expect(store.listConversations("", 1)[0]).not.toHaveProperty("spend");
    expect(store.spent({ kind: "month", month: "2026-11" }).cost).toBe(0n);
  });
});

describe("a filled file of version 2", () => {
  function fillVersion2(): DatabaseSync {
    store.close();
    const path = windows.folder.file("old.db");
    const old = new DatabaseSync(path);
    old.exec("PRAGMA journal_mode = WAL");
    for (const migration of migrations.slice(0, 2)) old.exec(migration);
    old.exec(
      `PRAGMA user_version = 2;
       INSERT INTO conversations VALUES ('c1', 5, 6), ('empty', 7, 8);
       INSERT INTO turns VALUES ('t1', 'c1', 0, 'user', 'How to peel a mango?', '', '{"task":"chat"}');
       INSERT INTO turns VALUES ('t2', 'c1', 1, 'answer', 'Crème brûlée', '', '{}');`,
    );
    return old;
  }

  it("keeps its conversations, which have names and are found", () => {
    fillVersion2().close();
    const migrated = windows.open({}, "old.db");
    expect(migrated.listConversations("", 10)).toEqual([
      {
        id: "c1",
        title: { kind: "question", text: "How to peel a mango?" },
        pinned: false,
        updatedAt: 6,
        turns: 2,
        workspace: "",
      },
    ]);
    expect(ids("mango brulee", migrated)).toEqual(["c1"]);
  });

  it("a window of that version that is open meanwhile goes on, and is found, too", () => {
    const old = fillVersion2();
    const migrated = windows.open({}, "old.db");
    expect(ids("papaya", migrated)).toEqual([]);
    old.exec(
      `INSERT INTO turns VALUES ('t3', 'c1', 2, 'user', 'And a papaya?', '', '{}')
         ON CONFLICT (id) DO UPDATE SET text = excluded.text`,
    );
    old.close();
    expect(ids("papaya", migrated)).toEqual(["c1"]);
  });
});
