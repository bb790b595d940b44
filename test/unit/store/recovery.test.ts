import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { DatabaseTooNew } from "../../../src/store/database";
import { migrations } from "../../../src/store/schema";
import type { OpenedStore } from "../../fakes/openedStore";
import {
  readAllCalls,
  expectRollUpsToFit,
  reservation,
  settlement,
  userTurn,
} from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
const now = () => Date.UTC(2026, 10, 20, 12, 3, 35);
const aside = "groqCoder-damaged-2026-11-20T12-03-35.db";
const today = { kind: "day", day: "2026-11-20" } as const;
const pageSize = 4096;

function open(): OpenedStore {
  return windows.open({ now });
}

function asides(): string[] {
  return readdirSync(windows.folder.path).filter((name) => name.includes("damaged"));
}

/** A store with rows in every table, closed. */
function fill(calls = 200): void {
  const store = open();
  for (let conversation = 0; conversation < 20; conversation++) {
    store.createConversation(`c${conversation}`, 5);
    for (let turn = 0; turn < 5; turn++) {
      const about = { id: `${conversation} ${turn}`, text: "words ".repeat(200) };
      store.saveTurn(`c${conversation}`, turn, userTurn(about));
    }
  }
  for (let call = 0; call < calls; call++) {
    store.reserve(reservation(`call ${call}`, { conversationId: `c${call % 7}` }), {});
    store.settle(`call ${call}`, settlement({ cost: BigInt(call) }));
  }
  store.replaceLimits({ account: "a", model: "m" }, limits);
  store.mergeAccounts("b", "a");
  store.noteHoldUp({
    kind: "wait",
    reason: "tpm",
    model: "m",
    provider: "groq",
    at: 1,
    day: "2026-11-20",
    hour: 1,
    waitedMs: 5,
  });
  store.close();
}

const limits = { version: 1, state: "{}", savedAtMs: 1, savedAtMonotonicMs: 2 };

/** Settled calls, at once. */
function addManyCalls(count: number): void {
  const database = new DatabaseSync(windows.path);
  database.exec(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ${count})
     INSERT INTO calls (id, owner_pid, conversation_id, task, model, reserved_at, day, settled, estimated, cost)
     SELECT 'more ' || n, 0, 'c1', 'chat', 'm', 1, '2026-11-20', 1, 0, 1 FROM numbers`,
  );
  database.close();
}

/** The pages that a table lies in, with and without those of its rows; the root first. */
function pagesOf(table: string, kind: "leaf" | "internal" | "overflow"): number[] {
  const database = new DatabaseSync(windows.path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path")
    .all(table, kind)
    .map(({ pageno }) => Number(pageno));
  database.close();
  return pages;
}

function rowsOf(page: number | undefined): number {
  const database = new DatabaseSync(windows.path);
  const row = database.prepare("SELECT ncell FROM dbstat WHERE pageno = ?").get(page ?? 0);
  database.close();
  return Number(row?.["ncell"]);
}

function overwrite(...pages: (number | undefined)[]): void {
  const content = readFileSync(windows.path);
  for (const page of pages) {
    expect(page).toBeDefined();
    const begin = ((page ?? 1) - 1) * pageSize;
    content.fill(0xa5, begin, begin + pageSize);
  }
  writeFileSync(windows.path, content);
}

function expectToBeWhole(): void {
  const database = new DatabaseSync(windows.path);
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
}

function spent(store: OpenedStore) {
  return store.spent(today);
}

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

describe("a recovery that was cut short is finished by whoever comes next", () => {
  const mark = () => `${windows.path}-recovering`;

  it("before the file was moved", () => {
    fill();
    writeFileSync(mark(), aside);
    const store = open();
    expect(spent(store)).toMatchObject({ cost: 19_900n, calls: 200 });
    expect(asides()).toContain(aside);
    expect(existsSync(mark())).toBe(false);
  });

  it("between the file and its log", () => {
    // Enough that the new file's pages lie elsewhere: the old log must not come over it.
    fill();
    const window = open();
    window.reserve(reservation("only in the log"), {});
    for (const suffix of ["", "-wal"])
      copyFileSync(windows.path + suffix, windows.folder.file(`kept${suffix}`));
    window.close();
    renameSync(windows.folder.file("kept"), windows.folder.file(aside));
    renameSync(windows.folder.file("kept-wal"), `${windows.path}-wal`);
    writeFileSync(mark(), aside);
    renameSync(windows.path, windows.folder.file("gone"));
    const store = open();
    expect(spent(store).calls).toBe(201);
    expect(store.takeNotices().length).toBe(1);
    expect(readdirSync(windows.folder.path)).toContain(aside);
    store.reserve(reservation("2"), {});
    store.close();
    expect(spent(open()).calls).toBe(202);
    expectToBeWhole();
  });

  it("while the new file was written", () => {
    fill();
    renameSync(windows.path, windows.folder.file(aside));
    writeFileSync(`${windows.path}-new`, "half a file");
    writeFileSync(mark(), aside);
    expect(spent(open()).calls).toBe(200);
  });

  it("after the new file was in place", () => {
    writeFileSync(windows.path, "no database ".repeat(500));
    open().close();
    const again = open();
    again.reserve(reservation("1"), {});
    writeFileSync(mark(), aside);
    const next = open();
    expect(spent(next).calls).toBe(1);
    expect(existsSync(mark())).toBe(false);
    expect(asides().filter((name) => name.endsWith(".db"))).toEqual([aside]);
  });

  it("and leaves a window that looks without a hold on the file", () => {
    const window = open();
    writeFileSync(mark(), aside);
    expect(window.look()).toBe(true);
    expect(window.look()).toBe(false);
    expect(window.reserve(reservation("1"), {})).toBeUndefined();
  });
});

describe("what is no damage is left in place", () => {
  it("a whole file that some window took for damaged", () => {
    fill(3);
    open().reserve(reservation("1"), {});
    expect(asides()).toEqual([]);
  });

  it("a file of a newer version, damaged or not", () => {
    fill(3);
    const database = new DatabaseSync(windows.path);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    const leaf = pagesOf("calls", "leaf")[0];
    overwrite(leaf);
    expect(() => open()).toThrow(DatabaseTooNew);
    expect(asides()).toEqual([]);
  });

  it("a file that was taken away: what was just booked goes into the next", () => {
    const window = open();
    window.reserve(reservation("1"), {});
    for (const suffix of ["", "-wal", "-shm"])
      renameSync(windows.path + suffix, windows.folder.file(`away${suffix}`));
    expect(window.reserve(reservation("2"), {})).toBeUndefined();
    window.settle("1", settlement());
    expect(spent(open())).toMatchObject({ calls: 2 });
  });
});
