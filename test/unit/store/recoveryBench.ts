import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import type { OpenedStore } from "../../fakes/openedStore";
import { reservation, settlement, userTurn } from "./storeSamples";
import { useWindows } from "./windows";

const now = () => Date.UTC(2026, 10, 20, 12, 3, 35);
/** The name under which a file that is found damaged now is kept. */
export const aside = "groqCoder-damaged-2026-11-20T12-03-35.db";
const today = { kind: "day", day: "2026-11-20" } as const;
const pageSize = 4096;
const limits = { version: 1, state: "{}", savedAtMs: 1, savedAtMonotonicMs: 2 };

/** Windows at a fixed time, and what fills and damages their file; to be called where hooks are. */
export function useRecovery() {
  const windows = useWindows();

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

  return {
    windows,
    open,
    asides,
    fill,
    addManyCalls,
    pagesOf,
    rowsOf,
    overwrite,
    expectToBeWhole,
    spent,
  };
}
