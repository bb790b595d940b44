import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { carryOver } from "../../../src/store/carryOver";
import { createDatabase } from "../../../src/store/database";
import type { OpenedStore } from "../../fakes/openedStore";
import { answerTurn, userTurn } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let store: OpenedStore;
beforeEach(() => {
  store = windows.open();
});

function converse(id: string, ...texts: readonly string[]): void {
  for (const [position, text] of texts.entries())
    store.saveTurn(
      id,
      position,
      position % 2 === 0
        ? userTurn({ id: `${id} ${position}`, text })
        : answerTurn({ id: `${id} ${position}`, text }),
    );
}

const found = (query: string) =>
  store
    .listConversations(query, 100)
    .map(({ id }) => id)
    .toSorted();

describe("a query finds", () => {
  beforeEach(() => {
    converse("menu", "What is for dessert?", "Crème brûlée à la façon de Zoë, in src/menu_card.ts");
    converse("code", "Why does `getUserName()` throw?", "It is not null-safe. Use AND or NEAR.");
    converse("japanese", "日本語のテキストを検索する", "はい");
    converse("mixed", "alpha", "beta", "gamma", "delta alpha");
  });

  it.each([
    ["dessert", ["menu"]],
    ["creme", ["menu"]],
    ["CRÈME brul", ["menu"]],
    ["zoe", ["menu"]],
    ["des", ["menu"]],
    ["essert", []],
    ["menu_card", ["menu"]],
    ["src/menu_card.ts", ["menu"]],
    ["getuser", ["code"]],
    ["getUserName()", ["code"]],
    ["AND", ["code"]],
    ["near", ["code"]],
    ["null-safe", ["code"]],
    ["本語", ["japanese"]],
    ["検索", ["japanese"]],
    ["索検", []],
    ["beta gamma", ["mixed"]],
    ["delta beta", ["mixed"]],
    ["alpha nothing", []],
    ["++", []],
    ["beta ++", ["mixed"]],
    ["", ["code", "japanese", "menu", "mixed"]],
    ["  \t ", ["code", "japanese", "menu", "mixed"]],
  ])("%j: %j", (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it("names of attached code, too", () => {
    const excerpt = {
      kind: "file",
      uri: "file:///w/src/basket.ts",
      path: "src/basket.ts",
      languageId: "typescript",
      startLine: 1,
      endLine: 2,
      text: "let secretly;",
    } as const;
    store.saveTurn("attached", 0, userTurn({ id: "x", text: "Why?", attachments: [excerpt] }));
    expect(found("basket.ts")).toEqual(["attached"]);
  });

  it("shows where: the place with all of the words before one with some", () => {
    expect(store.listConversations("alpha delta", 1)[0]?.snippet).toBe("delta alpha");
    expect(store.listConversations("brulee", 1)[0]?.snippet).toBe(
      "Crème brûlée à la façon de Zoë, in src/menu_card.ts",
    );
    expect(store.listConversations("dessert", 1)[0]).not.toHaveProperty("snippet");
    store.renameConversation("menu", "Unheard of");
    expect(store.listConversations("unheard", 1)[0]).not.toHaveProperty("snippet");
  });
});

describe("whatever is typed", () => {
  it("throws nothing, and the query language's signs mean nothing", () => {
    converse("c", "plain words", "more of them");
    const operators = fc.constantFrom(
      ...`" ' * ( ) - ^ : { } AND OR NOT NEAR( text:`.split(" "),
      ..."$1 ?1 % _ \\ ;-- plain".split(" "),
      "\0",
      "\ud800",
      " ",
    );
    const query = fc.oneof(
      fc.array(operators, { maxLength: 12 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary" }),
      fc.string({ minLength: 1000, maxLength: 1500 }),
    );
    fc.assert(
      fc.property(query, (typed) => void found(typed)),
      { numRuns: 50 },
    );
  });

  it.each(['plain"', '"plain', "plain*", "(plain", "-plain", "text:plain", "^plain", "plain OR x"])(
    "%s is words",
    (typed) => {
      converse("c", "the text: plain text words", "or x");
      expect(found(typed)).toEqual(["c"]);
    },
  );
});

describe("the index", () => {
  const due = () => {
    const database = new DatabaseSync(windows.path);
    const row = database.prepare("SELECT count(*) AS n FROM search_documents WHERE due = 1").get();
    database.close();
    return Number(row?.["n"]);
  };

  it("is not written by saves of a growing answer, and has its newest words when asked", () => {
    converse("c", "q", "one");
    found("one");
    expect(due()).toBe(0);
    for (const text of ["one two", "one two three"])
      store.saveTurn("c", 1, answerTurn({ id: "c 1", text, status: { kind: "streaming" } }));
    expect(due()).toBe(1);
    expect([found("three"), due()]).toEqual([["c"], 0]);
    store.saveTurn("c", 1, answerTurn({ id: "c 1", text: "one" }));
    expect(found("three")).toEqual([]);
  });

  it("is made ready in steps", () => {
    for (let count = 0; count < 600; count++) converse(`c${count}`, "a", "b");
    expect(store.indexConversations()).toBe(true);
    expect(store.indexConversations()).toBe(false);
    expect(due()).toBe(0);
    expect(found("b")).toHaveLength(100);
  });

  it("of before is searched while the file cannot be written", () => {
    converse("c", "old words", "x");
    found("old");
    converse("d", "new words", "y");
    const lock = new DatabaseSync(windows.path);
    lock.exec("BEGIN IMMEDIATE");
    const impatient = windows.open({ busyTimeoutMs: 1 });
    expect(impatient.listConversations("words", 9).map(({ id }) => id)).toEqual(["c"]);
    lock.exec("ROLLBACK");
    lock.close();
    expect(found("words")).toEqual(["c", "d"]);
  });

  it("is made anew for what was carried over from a damaged file", () => {
    converse("c", "about figs", "x");
    store.renameConversation("c", "Fruit");
    found("figs");
    const target = createDatabase(windows.folder.file("new.db"));
    carryOver(windows.path, target);
    target.close();
    const recovered = windows.open({}, "new.db");
    for (const word of ["figs", "fruit"])
      expect(recovered.listConversations(word, 9).map(({ id }) => id)).toEqual(["c"]);
  });
});
