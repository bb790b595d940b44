import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { aside, useRecovery } from "./recoveryBench";
import {
  expectRollUpsToFit,
  readAllCalls,
  reservation,
  settlement,
  userTurn,
} from "./storeSamples";

const { addManyCalls, asides, fill, open, overwrite, pagesOf, rowsOf, spent, windows } =
  useRecovery();

describe("a file that is no database", () => {
  it.each([
    ["a text", Buffer.from("this is no database, but it is longer than a header ".repeat(200))],
    ["a damaged header", Buffer.concat([Buffer.from("SQLite format 4\0"), Buffer.alloc(4096, 7)])],
  ])("is kept aside as it is, and a new one is made: %s", (_name, content) => {
    writeFileSync(windows.path, content);
    const store = open();
    expect(store.reserve(reservation("1"), {})).toBeUndefined();
    expect(readFileSync(windows.folder.file(aside))).toEqual(content);
    expect(store.takeNotices()).toEqual([
      {
        kind: "recovered",
        aside,
        lost: ["calls", "conversations", "limits"],
        spendComplete: false,
      },
    ]);
    expect(store.takeNotices()).toEqual([]);
  });

  it("each is kept under a name of its own", () => {
    for (const content of ["one", "two"]) {
      writeFileSync(windows.path, content.repeat(500));
      open().close();
    }
    expect(asides().length).toBe(2);
  });
});

describe("a database with damaged pages", () => {
  it("in an index loses nothing", () => {
    fill();
    overwrite(...pagesOf("sqlite_autoindex_calls_1", "leaf"));
    const store = open();
    expect(store.reserve(reservation("call 3"), {})).toBeUndefined();
    expect(store.takeNotices()).toEqual([
      { kind: "recovered", aside, lost: [], spendComplete: true },
    ]);
    expect(spent(store)).toMatchObject({ cost: 19_900n });
  });

  it("in the calls keeps the others, and the sums that the roll-ups know", () => {
    fill();
    const before = spent(open());
    const [, , damaged] = pagesOf("calls", "leaf");
    const lost = rowsOf(damaged);
    overwrite(damaged);
    const store = open();
    readAllCalls(store);
    expect(spent(store)).toEqual(before);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toMatchObject({ calls: 29 });
    const left = readAllCalls(store);
    expect(left.length).toBe(200 - lost);
    expect(left.at(0)?.id).toBe("call 0");
    expect(left.at(-1)?.id).toBe("call 199");
    expect(store.takeNotices()).toMatchObject([{ lost: ["calls"], spendComplete: false }]);
  });

  it("in the roll-ups sums the calls up anew", () => {
    fill();
    const before = spent(open());
    overwrite(...pagesOf("usage_by_day", "leaf"), ...pagesOf("usage_by_session", "leaf"));
    const store = open();
    expect(spent(store)).toEqual(before);
    expectRollUpsToFit(windows.path);
    expect(store.takeNotices()).toMatchObject([{ lost: [], spendComplete: true }]);
  });

  it("never makes a sum less than its calls", () => {
    fill();
    const before = spent(open());
    const database = new DatabaseSync(windows.path);
    database.exec("UPDATE usage_by_day SET cost = 1, calls = 1");
    database.close();
    overwrite(...pagesOf("sqlite_autoindex_calls_1", "leaf"));
    const store = open();
    store.reserve(reservation("call 3"), {});
    expect(spent(store)).toEqual(before);
  });

  it("in the middle of a long text loses that turn alone", () => {
    const store = open();
    for (let turn = 0; turn < 9; turn++)
      store.saveTurn("c", turn, userTurn({ id: `${turn}`, text: `${turn} `.repeat(20_000) }));
    const pages = pagesOf("turns", "overflow");
    overwrite(...pages.slice(20, 24));
    store.close();
    const next = open();
    next.loadConversation("c");
    const kept = next.loadConversation("c")?.turns ?? [];
    expect(kept.length).toBe(8);
    expect(next.takeNotices()).toMatchObject([{ lost: ["conversations"], spendComplete: true }]);
  });

  it("in the conversations keeps those that can be read", () => {
    fill();
    overwrite(pagesOf("turns", "leaf")[3]);
    const store = open();
    const turns = () =>
      Array.from({ length: 20 }, (_, id) => store.loadConversation(`c${id}`)?.turns.length ?? 0);
    expect(() => store.saveTurn("c1", 0, userTurn({ id: "1 0" }))).not.toThrow();
    const kept = turns().reduce((sum, count) => sum + count, 0);
    expect(kept).toBeGreaterThan(60);
    expect(turns().length).toBe(20);
  });

  it("in a branch of the table keeps what other branches have", () => {
    fill();
    addManyCalls(60_000);
    const before = spent(open());
    // Of two branches the first is gone, and the pages below it with it.
    const [, branch] = pagesOf("calls", "internal");
    overwrite(branch);
    const store = open();
    readAllCalls(store);
    expect(spent(store)).toEqual(before);
    const left = readAllCalls(store);
    expect(left.length).toBeGreaterThan(20_000);
    expect(left.length).toBeLessThan(60_200);
    expect(left.at(-1)?.id).toBe("more 60000");
  });

  it("goes on for all windows, and each booking is in the new file", () => {
    fill();
    const before = spent(open()).calls;
    const [one, other] = [open(), open()];
    one.reserve(reservation("of one"), {});
    other.reserve(reservation("of the other"), {});
    const database = new DatabaseSync(windows.path);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    overwrite(...pagesOf("calls", "leaf").slice(2, 4));
    // One meets the damage; the other has the old file open, and goes over to the new one.
    readAllCalls(one);
    other.settle("of the other", settlement());
    other.reserve(reservation("later"), {});
    one.settle("of one", settlement());
    expect(spent(one)).toEqual(spent(other));
    expect(spent(one).calls).toBe(before + 3);
    expect(asides().filter((name) => name.endsWith(".db"))).toEqual([aside]);
    expect([...one.takeNotices(), ...other.takeNotices()].length).toBe(1);
  });

  it("books anew what was under way and could not be read", () => {
    const store = open();
    for (let call = 0; call < 60; call++) store.reserve(reservation(`call ${call}`), {});
    overwrite(...pagesOf("calls", "leaf"));
    readAllCalls(store);
    expect(readAllCalls(store)).toEqual([]);
    store.settle("call 7", settlement());
    expect(spent(store)).toMatchObject({ cost: 500_000_000n, calls: 1 });
  });
});
