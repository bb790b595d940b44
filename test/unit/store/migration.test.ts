import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrations } from "../../../src/store/schema";
import { openStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { expectRollUpsToFit, reservation } from "./storeSamples";

let folder: TemporaryFolder;
let path: string;
/** A window of version 1, which has the file open. */
let old: DatabaseSync;
beforeEach(() => {
  folder = new TemporaryFolder();
  path = folder.file("groqCoder.db");
  old = new DatabaseSync(path);
  old.exec("PRAGMA journal_mode = WAL");
  old.exec(migrations[0] ?? "");
  old.exec("PRAGMA user_version = 1");
  fillVersion1(old);
});
afterEach(() => {
  if (old.isOpen) old.close();
  folder[Symbol.dispose]();
});

function insertOld(
  id: string,
  given: { day?: string; settled: number; cost: number | null },
): void {
  const { day = "2026-11-20", settled, cost } = given;
  old
    .prepare(
      `INSERT INTO calls (id, owner_pid, conversation_id, task, model, reserved_at, day, settled, estimated, cost,
         prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens)
       VALUES (?, ?, 'c1', 'chat', 'm', ?, ?, ?, ?, ?, 10, 5, 3, 1)`,
    )
    .run(
      id,
      process.ppid,
      new Date(2026, 10, 20, 14, 5).getTime(),
      day,
      settled,
      1 - settled,
      cost,
    );
}

function fillVersion1(database: DatabaseSync): void {
  insertOld("1", { settled: 1, cost: 100 });
  insertOld("2", { settled: 1, cost: null });
  insertOld("3", { settled: 1, cost: 50, day: "2026-11-21" });
  insertOld("open", { settled: 0, cost: 1000 });
  database.exec(
    `INSERT INTO daily VALUES ('2026-11-20', 'm', 'chat', 2, 0, 1, 100, 20, 10, 6, 2);
     INSERT INTO conversations VALUES ('c1', 5);
     INSERT INTO turns VALUES ('t1', 'c1', 0, 'user', 'hello', '', '{"task":"chat"}');`,
  );
}

/** As version 1 settles, word for word. */
function settleAsVersion1(id: string): void {
  old.exec("BEGIN IMMEDIATE");
  const { changes } = old
    .prepare(
      `UPDATE calls SET settled = 1, estimated = ?, cost = ?, prompt_tokens = ?, cached_tokens = ?,
         completion_tokens = ?, reasoning_tokens = ?, first_token_ms = ?, duration_ms = ?
       WHERE id = ? AND settled = 0`,
    )
    .run(0, 400, 1, 0, 1, 0, null, 3, id);
  expect(Number(changes)).toBe(1);
  old
    .prepare(
      `INSERT INTO daily
       SELECT day, model, task, 1, estimated, cost IS NULL, coalesce(cost, 0),
              prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens
       FROM calls WHERE id = ?
       ON CONFLICT (day, model, task) DO UPDATE SET calls = calls + 1, cost = cost + excluded.cost`,
    )
    .run(id);
  old.exec("COMMIT");
}

describe("a filled file of version 1", () => {
  it("keeps its sums, calls and conversations", () => {
    const store = openStore(path);
    expect(store.spent({ kind: "day", day: "2026-11-20" })).toEqual({
      cost: 1100n,
      calls: 3,
      estimated: true,
      unpriced: 1,
    });
    expect(store.spent({ kind: "month", month: "2026-11" }).cost).toBe(1150n);
    expect(store.spent({ kind: "session", conversationId: "c1" }).cost).toBe(1150n);
    expect(store.spentByHour("2026-11-20")[0]).toMatchObject({ hour: 14, calls: 2 });
    expect(store.loadConversation("c1")).toMatchObject({ createdAt: 5, turns: [{ id: "t1" }] });
    expect(store.readCalls(0)[0]).toMatchObject({
      id: "1",
      provider: "groq",
      account: "",
      workspace: "",
      hour: 14,
      waitedMs: 0,
      state: "settled",
    });
    store.close();
    expectRollUpsToFit(path);
  });

  it("is migrated once by windows that open together", () => {
    const [one, other] = [openStore(path), openStore(path)];
    expect(other.reserve(reservation("4"), {})).toBeUndefined();
    expect(one.spent({ kind: "day", day: "2026-11-20" }).calls).toBe(4);
    one.close();
    other.close();
  });
});

describe("a window of version 1 that is open meanwhile", () => {
  it("settles what it had under way, and the new sums have it", () => {
    const store = openStore(path);
    settleAsVersion1("open");
    expect(store.spent({ kind: "day", day: "2026-11-20" }).cost).toBe(500n);
    expect(store.spent({ kind: "session", conversationId: "c1" }).cost).toBe(550n);
    store.close();
    expectRollUpsToFit(path);
  });

  it("cancels what it had under way", () => {
    const store = openStore(path);
    old.prepare("DELETE FROM calls WHERE id = ? AND settled = 0").run("open");
    expect(store.spent({ kind: "day", day: "2026-11-20" }).cost).toBe(100n);
    store.close();
  });

  it("spends no more", () => {
    openStore(path).close();
    expect(old.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
  });
});
