import { beforeEach, describe, expect, it } from "vitest";
import type { OpenedStore } from "../../fakes/openedStore";
import { reservation, settlement } from "./storeSamples";
import { useWindows } from "./windows";

// Two windows of one machine: two connections to the same file.
const windows = useWindows();
let here: OpenedStore;
let there: OpenedStore;
beforeEach(() => {
  here = windows.open();
  there = windows.open();
});

// Each sample reserves 2,000,000,000 picodollars and settles at 500,000,000.
const reserved = 2_000_000_000n;

describe("caps in the store", () => {
  it("count what another window has reserved", () => {
    const caps = { day: reserved + 1n };
    expect(here.reserve(reservation("1"), caps)).toBeUndefined();
    expect(there.reserve(reservation("2"), caps)).toEqual({
      kind: "overCap",
      period: "day",
      cap: "2000000001",
      spent: "2000000000",
      needed: "2000000000",
    });
    expect(there.spent({ kind: "day", day: "2026-11-20" }).calls).toBe(1);
  });

  it("give room again when a call settles below its reservation, or is cancelled", () => {
    const caps = { day: reserved * 2n };
    here.reserve(reservation("1"), caps);
    here.reserve(reservation("2"), caps);
    expect(there.reserve(reservation("3"), caps)).toMatchObject({ kind: "overCap" });
    here.settle("1", settlement());
    expect(there.reserve(reservation("3"), caps)).toMatchObject({ kind: "overCap" });
    here.cancel("2");
    expect(there.reserve(reservation("3"), caps)).toBeUndefined();
  });

  it("of a month hold all its days, and no other month's", () => {
    const caps = { month: reserved * 3n };
    for (const [id, day] of [
      ["1", "2026-11-01"],
      ["2", "2026-11-30"],
      ["3", "2026-10-31"],
      ["4", "2026-12-01"],
      ["5", "2026-11-15"],
    ] as const)
      expect(here.reserve(reservation(id, { day }), caps)).toBeUndefined();
    expect(here.reserve(reservation("6", { day: "2026-11-16" }), caps)).toMatchObject({
      kind: "overCap",
      period: "month",
    });
    expect(here.spent({ kind: "month", month: "2026-11" }).calls).toBe(3);
  });

  it("of a session follow the conversation over days", () => {
    const caps = { session: reserved };
    expect(here.reserve(reservation("1", { day: "2026-11-19" }), caps)).toBeUndefined();
    expect(here.reserve(reservation("2", { day: "2026-11-20" }), caps)).toMatchObject({
      kind: "overCap",
      period: "session",
    });
    const other = reservation("3", { conversationId: "c2" });
    expect(here.reserve(other, caps)).toBeUndefined();
  });

  it("refuse what has no price", () => {
    const unpriced = reservation("1", { cost: undefined });
    expect(here.reserve(unpriced, { day: reserved })).toMatchObject({ kind: "noPrice" });
    expect(here.reserve(unpriced, {})).toBeUndefined();
  });
});
