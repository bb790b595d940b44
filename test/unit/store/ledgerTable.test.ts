import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../fakes/openedStore";
import type { OpenedStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { reservation, settlement } from "./storeSamples";

let folder: TemporaryFolder;
let store: OpenedStore;
beforeEach(() => {
  folder = new TemporaryFolder();
  store = openStore(folder.file("sub/groqCoder.db"));
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
    expect(() => store.settle("1", settlement())).not.toThrow();
    expect(() => store.settle("1", settlement({ cost: 1n }))).toThrow("settled already");
    expect(booked()).toMatchObject({ cost: 500_000_000n, calls: 1 });
  });

  it("is not settled without a reservation, and leaves nothing behind", () => {
    store.settle("1", settlement());
    expect(booked()).toEqual(nothing);
  });

  it("is not reserved twice under one id", () => {
    store.reserve(reservation("1"), {});
    store.reserve(reservation("1"), {});
    expect(() => store.reserve(reservation("1", { reservedAt: 7 }), {})).toThrow("UNIQUE");
    expect(booked().calls).toBe(1);
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
