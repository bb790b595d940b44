import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatabaseSync } from "node:sqlite";
import { createDatabase } from "../../../src/store/database";
import { createLeases } from "../../../src/store/leases";
import { noCalls } from "../../../src/store/ledgerTable";
import { createOperations } from "../../../src/store/operations";
import type { StoreOperations } from "../../../src/store/operations";
import { expectRollUpsToFit, reservation, settlement, userTurn } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
const opened: { readonly end: () => void }[] = [];
afterEach(() => {
  for (const { end } of opened.splice(0)) end();
});

function operate(database: DatabaseSync): StoreOperations {
  const { path } = windows;
  const leases = createLeases(`${path}-leases`);
  opened.push({
    end: () => {
      database.close();
      leases.release();
    },
  });
  return createOperations({ database, path, leases, own: noCalls(), now: () => 0 });
}

const today = { kind: "day", day: "2026-11-20" } as const;

describe("a full disk", () => {
  let database: DatabaseSync;
  let store: StoreOperations;
  beforeEach(() => {
    database = createDatabase(windows.path);
    store = operate(database);
  });

  /** As many pages as the file has, and some for what is under way. */
  function fillDisk(spare = 0): void {
    const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
    database.exec(`PRAGMA max_page_count = ${pages + spare}`);
  }

  it("refuses reservations, and loses none that was made", () => {
    fillDisk(6);
    let reserved = 0;
    expect(() => {
      for (; reserved < 10_000; reserved++) store.reserve(reservation(`call ${reserved}`), {});
    }).toThrow("full");
    expect(reserved).toBeGreaterThan(5);
    expect(store.spent(today).calls).toBe(reserved);
    database.exec("PRAGMA max_page_count = 100000");
    expect(store.reserve(reservation("later"), {})).toBeUndefined();
    expect(store.spent(today).calls).toBe(reserved + 1);
  });

  it("leaves a call that cannot be settled at its reservation, whole in calls and sums", () => {
    // Sums that need a page of their own each time: a settlement takes place or does not, never half.
    for (let call = 0; call < 300; call++)
      store.reserve(reservation(`call ${call}`, { workspace: `${call} `.repeat(40) }), {});
    fillDisk();
    let settled = 0;
    expect(() => {
      for (; settled < 300; settled++) store.settle(`call ${settled}`, settlement());
    }).toThrow("full");
    const expected = 300n * 2_000_000_000n - BigInt(settled) * 1_500_000_000n;
    expect(store.spent(today)).toMatchObject({ cost: expected, calls: 300 });
    expectRollUpsToFit(windows.path);
  });

  it("settles and cancels what it could not, as soon as there is room: before the next reservation", () => {
    for (const id of ["settled", "cancelled"]) store.reserve(reservation(id), {});
    database.exec("PRAGMA query_only = ON");
    expect(() => store.settle("settled", settlement())).toThrow("readonly");
    expect(() => store.cancel("cancelled")).toThrow("readonly");
    expect(() => store.writeLateEnds()).toThrow("readonly");
    expect(store.spent(today)).toMatchObject({ cost: 4_000_000_000n, calls: 2 });
    database.exec("PRAGMA query_only = OFF");
    expect(store.reserve(reservation("next"), { day: 2_500_000_000n })).toBeUndefined();
    expect(store.spent(today)).toMatchObject({ cost: 2_500_000_000n, calls: 2 });
    expect(store.writeLateEnds()).toBe(0);
  });

  it("keeps the conversation as it was", () => {
    store.createConversation("c1", 5);
    store.saveTurn("c1", 0, userTurn());
    fillDisk();
    const long = userTurn({ text: "x".repeat(100_000) });
    expect(() => store.saveTurn("c1", 0, long)).toThrow("full");
    expect(store.loadConversation("c1")?.turns).toEqual([userTurn()]);
  });

  it("keeps limits as they were", () => {
    const key = { account: "a", model: "m" };
    const limits = { version: 1, state: "{}", savedAtMs: 1, savedAtMonotonicMs: 2 };
    store.replaceLimits(key, limits);
    fillDisk();
    const large = { ...limits, version: 2, state: "x".repeat(100_000) };
    expect(() => store.replaceLimits(key, large)).toThrow("full");
    expect(store.loadLimits(key)).toEqual(limits);
  });
});

it("a file that may only be read still tells what was spent", () => {
  const filled = windows.open();
  filled.reserve(reservation("1"), {});
  filled.settle("1", settlement());
  const store = operate(new DatabaseSync(windows.path, { readOnly: true }));
  expect(store.spent(today).cost).toBe(500_000_000n);
  expect(() => store.reserve(reservation("2"), {})).toThrow("readonly");
  expect(() => store.createConversation("c1", 5)).toThrow("readonly");
});

describe("a file that another window has locked", () => {
  it("is settled in when it is free again: the reservation stood all the while", () => {
    const store = windows.open({ busyTimeoutMs: 20 });
    store.reserve(reservation("1"), {});
    const other = new DatabaseSync(windows.path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => store.settle("1", settlement())).toThrow("locked");
    expect(store.spent(today).cost).toBe(2_000_000_000n);
    other.exec("ROLLBACK");
    store.settle("1", settlement());
    expect(store.spent(today).cost).toBe(500_000_000n);
    other.close();
  });

  it("is waited for once in a while, and not by each step of an act", () => {
    let nowMs = 0;
    const store = windows.open({ busyTimeoutMs: 800, now: () => nowMs });
    const other = new DatabaseSync(windows.path);
    other.exec("BEGIN IMMEDIATE");
    const waits = () => {
      const startedAt = performance.now();
      expect(() => store.createConversation("c1", 5)).toThrow("locked");
      return performance.now() - startedAt;
    };
    expect(waits()).toBeGreaterThan(750);
    expect(waits()).toBeLessThan(700);
    nowMs = 10_000;
    expect(waits()).toBeGreaterThan(750);
    other.exec("ROLLBACK");
    store.createConversation("c1", 5);
    other.close();
  });

  it("does not disturb the look for changes", () => {
    const store = windows.open({ busyTimeoutMs: 20 });
    const other = new DatabaseSync(windows.path);
    other.exec("BEGIN IMMEDIATE");
    expect(store.look()).toBe(false);
    other.exec("COMMIT");
    other.close();
  });
});

describe("a look for changes", () => {
  it("finds what another window has written since, once", () => {
    const [here, there] = [windows.open(), windows.open()];
    expect(here.look()).toBe(false);
    there.reserve(reservation("1"), {});
    expect(here.look()).toBe(true);
    expect(here.look()).toBe(false);
  });

  it("is not disturbed by what this window writes", () => {
    const here = windows.open();
    expect(here.look()).toBe(false);
    here.reserve(reservation("1"), {});
    expect(here.look()).toBe(false);
  });
});
