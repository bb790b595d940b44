import { spawnSync } from "node:child_process";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStoreOperations } from "../../../src/store/operations";
import type { StoreOperations } from "../../../src/store/operations";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { reservation, settlement } from "./storeSamples";

let folder: TemporaryFolder;
let store: StoreOperations;
beforeEach(() => {
  folder = new TemporaryFolder();
  store = openStoreOperations(folder.file("sub/groqCoder.db"));
});
afterEach(() => {
  store.close();
  folder[Symbol.dispose]();
});

const today = "2026-11-20";
const nothing = { cost: 0n, calls: 0, estimated: false, unpriced: 0 };

describe("what was spent", () => {
  it("is nothing at first", () => {
    expect(store.spent({ kind: "day", day: today })).toEqual(nothing);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toEqual(nothing);
  });

  it("counts an open reservation in full, as an estimate", () => {
    store.reserve(reservation("1"), {});
    const open = { cost: 2_000_000_000n, calls: 1, estimated: true, unpriced: 0 };
    expect(store.spent({ kind: "day", day: today })).toEqual(open);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toEqual(open);
  });

  it("counts what was settled instead", () => {
    store.reserve(reservation("1"), {});
    store.settle("1", settlement());
    const settled = { cost: 500_000_000n, calls: 1, estimated: false, unpriced: 0 };
    expect(store.spent({ kind: "day", day: today })).toEqual(settled);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toEqual(settled);
  });

  it("forgets what was cancelled", () => {
    store.reserve(reservation("1"), {});
    store.cancel("1");
    expect(store.spent({ kind: "day", day: today })).toEqual(nothing);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toEqual(nothing);
  });

  it("keeps days and conversations apart", () => {
    store.reserve(reservation("1"), {});
    store.reserve(reservation("2", { day: "2026-11-21" }), {});
    store.reserve(reservation("3", { conversationId: "c2" }), {});
    expect(store.spent({ kind: "day", day: today }).calls).toBe(2);
    expect(store.spent({ kind: "session", conversationId: "c1" }).calls).toBe(2);
    expect(store.spent({ kind: "day", day: "2026-11-22" })).toEqual(nothing);
  });

  it("tells of calls without a known price, never as free", () => {
    store.reserve(reservation("1", { cost: undefined }), {});
    expect(store.spent({ kind: "day", day: today })).toEqual({
      cost: 0n,
      calls: 1,
      estimated: true,
      unpriced: 1,
    });
    store.settle("1", settlement({ cost: undefined }));
    expect(store.spent({ kind: "day", day: today })).toEqual({
      cost: 0n,
      calls: 1,
      estimated: false,
      unpriced: 1,
    });
    expect(store.spent({ kind: "session", conversationId: "c1" }).unpriced).toBe(1);
  });

  it("is exact far beyond 2^53 picodollars ($9,007)", () => {
    const large = 2n ** 53n + 1n;
    for (const id of ["1", "2", "3"]) {
      store.reserve(reservation(id, { cost: large }), {});
      store.settle(id, settlement({ cost: large }));
    }
    store.reserve(reservation("4", { cost: large }), {});
    expect(store.spent({ kind: "day", day: today }).cost).toBe(4n * large);
    expect(store.spent({ kind: "session", conversationId: "c1" }).cost).toBe(4n * large);
  });

  it("stays marked as long as an estimate is in it", () => {
    for (const [id, estimated] of [
      ["1", true],
      ["2", false],
    ] as const) {
      store.reserve(reservation(id), {});
      store.settle(id, settlement({ estimated }));
    }
    expect(store.spent({ kind: "day", day: today }).estimated).toBe(true);
    expect(store.spent({ kind: "session", conversationId: "c1" }).estimated).toBe(true);
  });
});

describe("a call is booked once", () => {
  const booked = () => store.spent({ kind: "day", day: today });

  it("is not settled twice", () => {
    store.reserve(reservation("1"), {});
    store.settle("1", settlement());
    expect(() => store.settle("1", settlement())).toThrow("no open call");
    expect(booked().cost).toBe(500_000_000n);
  });

  it("is not settled without a reservation, and leaves nothing behind", () => {
    expect(() => store.settle("1", settlement())).toThrow("no open call");
    expect(booked()).toEqual(nothing);
  });

  it("is not reserved twice under one id", () => {
    store.reserve(reservation("1"), {});
    expect(() => store.reserve(reservation("1"), {})).toThrow("UNIQUE");
  });

  it("is not cancelled once settled", () => {
    store.reserve(reservation("1"), {});
    store.settle("1", settlement());
    store.cancel("1");
    expect(booked().calls).toBe(1);
  });

  it("a cost that no database holds leaves the reservation in place", () => {
    store.reserve(reservation("1"), {});
    expect(() => store.settle("1", settlement({ cost: 2n ** 64n }))).toThrow();
    expect(booked()).toEqual({ cost: 2_000_000_000n, calls: 1, estimated: true, unpriced: 0 });
  });
});

it("the roll-up of days equals the sum of the calls, whatever happened", () => {
  const acts = fc.array(
    fc.record({
      day: fc.constantFrom("2026-11-20", "2026-11-21"),
      model: fc.constantFrom("a", "b"),
      task: fc.constantFrom("chat", "explain", "edit"),
      cost: fc.option(fc.bigInt({ min: 0n, max: 2n ** 58n }), { nil: undefined }),
      end: fc.constantFrom("settle", "cancel", "leave"),
      estimated: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  let calls = 0;
  fc.assert(
    fc.property(acts, (given) => {
      for (const { cost, end, estimated, ...about } of given) {
        const id = `call ${++calls}`;
        store.reserve(reservation(id, { ...about, cost: cost && cost * 2n }), {});
        if (end === "settle") store.settle(id, settlement({ cost, estimated }));
        if (end === "cancel") store.cancel(id);
      }
    }),
    { numRuns: 12 },
  );
  const database = new DatabaseSync(folder.file("sub/groqCoder.db"), { readOnly: true });
  const read = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  };
  const sums = read(
    `SELECT day, model, task, count(*) AS calls, sum(estimated) AS estimated_calls,
       sum(cost IS NULL) AS unpriced_calls, coalesce(sum(cost), 0) AS cost,
       sum(prompt_tokens) AS prompt_tokens, sum(cached_tokens) AS cached_tokens,
       sum(completion_tokens) AS completion_tokens, sum(reasoning_tokens) AS reasoning_tokens
     FROM calls WHERE settled = 1 GROUP BY day, model, task ORDER BY day, model, task`,
  );
  expect(sums.length).toBeGreaterThan(3);
  expect(read("SELECT * FROM daily ORDER BY day, model, task")).toEqual(sums);
  database.close();
});

describe("calls that a crashed window left open", () => {
  /** The id of a process that has just ended. */
  function deadProcess(): number {
    return spawnSync(process.execPath, ["--version"]).pid;
  }

  function leaveOpen(id: string, pid: number): void {
    store.reserve(reservation(id), {});
    const database = new DatabaseSync(folder.file("sub/groqCoder.db"));
    database.prepare("UPDATE calls SET owner_pid = ? WHERE id = ?").run(pid, id);
    database.close();
  }

  it("are charged at their reservation when the store is next opened", () => {
    leaveOpen("1", deadProcess());
    const next = openStoreOperations(folder.file("sub/groqCoder.db"));
    const charged = { cost: 2_000_000_000n, calls: 1, estimated: true, unpriced: 0 };
    expect(next.spent({ kind: "day", day: today })).toEqual(charged);
    expect(next.spent({ kind: "session", conversationId: "c1" })).toEqual(charged);
    expect(() => next.settle("1", settlement())).toThrow("no open call");
    next.close();
  });

  it("are left alone while their window lives", () => {
    leaveOpen("1", process.ppid);
    const next = openStoreOperations(folder.file("sub/groqCoder.db"));
    expect(() => next.settle("1", settlement())).not.toThrow();
    next.close();
  });

  it("are charged once, however many windows open", () => {
    leaveOpen("1", deadProcess());
    for (let window = 0; window < 3; window++)
      openStoreOperations(folder.file("sub/groqCoder.db")).close();
    expect(store.spent({ kind: "day", day: today })).toMatchObject({
      cost: 2_000_000_000n,
      calls: 1,
    });
  });
});
