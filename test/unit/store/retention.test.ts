import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import type { OpenedStore } from "../../fakes/openedStore";
import { reservation, settlement, userTurn } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let nowMs: number;
let store: OpenedStore;
beforeEach(() => {
  nowMs = new Date(2026, 10, 20, 12).getTime();
  store = windows.open({ now: () => nowMs });
});

function book(id: string, day: string, conversationId: string, cost = 10n): void {
  const reservedAt = Date.parse(`${day}T12:00`);
  store.reserve(reservation(id, { day, conversationId, reservedAt }), {});
  store.settle(id, settlement({ cost }));
}

function converse(id: string, day: string): void {
  nowMs = Date.parse(`${day}T12:00`);
  store.createConversation(id, nowMs);
  store.saveTurn(id, 0, userTurn({ id: `turn of ${id} on ${day}` }));
}

const month = { kind: "month", month: "2026-11" } as const;
const session = (conversationId: string) => ({ kind: "session", conversationId }) as const;
const spent = (scope: Parameters<OpenedStore["spent"]>[0]) => store.spent(scope).cost;

describe("what is older than a day is forgotten", () => {
  beforeEach(() => {
    converse("old", "2026-11-01");
    converse("kept", "2026-11-01");
    converse("kept", "2026-11-10");
    book("1", "2026-11-01", "old");
    book("2", "2026-11-01", "kept");
    book("3", "2026-11-10", "kept");
    const at = {
      at: 1,
      hour: 1,
      kind: "wait",
      reason: "tpm",
      model: "m",
      provider: "groq",
    } as const;
    store.noteHoldUp({ ...at, day: "2026-11-01", waitedMs: 1 });
    store.noteHoldUp({ ...at, day: "2026-11-10", waitedMs: 1 });
    store.reserve(reservation("open", { day: "2026-11-01", cost: 1000n, conversationId: "c" }), {});
    store.forgetBefore("2026-11-10");
  });

  it("single calls, but not open ones", () => {
    expect(store.readCalls(0).map(({ id }) => id)).toEqual(["3", "open"]);
  });

  it("conversations, but not those that were gone on with", () => {
    expect(store.loadConversation("old")).toBeUndefined();
    expect(store.loadConversation("kept")?.turns.length).toBe(2);
  });

  it("waits and refusals", () => {
    const database = new DatabaseSync(windows.path);
    expect(database.prepare("SELECT day FROM hold_ups").all()).toEqual([{ day: "2026-11-10" }]);
    database.close();
  });

  it("sums of caps stay: the month's, and those of kept conversations", () => {
    expect(spent(month)).toBe(1030n);
    expect(spent(session("kept"))).toBe(20n);
    expect(spent(session("old"))).toBe(0n);
    const caps = { month: 1034n };
    const late = reservation("late", { day: "2026-11-20", cost: 5n });
    expect(store.reserve(late, caps)).toMatchObject({ kind: "overCap" });
  });

  it("reports stay, and what was open settles", () => {
    expect(store.spentByHour("2026-11-01").map(({ calls }) => calls)).toEqual([2, 1]);
    store.settle("open", settlement({ cost: 500n }));
    expect(spent(month)).toBe(530n);
  });
});

describe("all data deleted", () => {
  const today = { kind: "day", day: "2026-11-20" } as const;
  const secret = "a word that nobody else says";

  beforeEach(() => {
    converse("c", "2026-11-20");
    store.saveTurn("c", 1, userTurn({ id: "u2", text: secret.repeat(50) }));
    book("1", "2026-10-31", "c", 1n);
    book("2", "2026-11-01", "c", 10n);
    book("3", "2026-11-19", "earlier", 100n);
    book("4", "2026-11-20", "c", 1000n);
    store.replaceLimits(
      { account: "a", model: "m" },
      {
        version: 1,
        state: secret,
        savedAtMs: 1,
        savedAtMonotonicMs: 1,
      },
    );
  });

  it("nothing that was said, asked or measured is left, in the file and beside it", () => {
    writeFileSync(windows.folder.file("groqCoder-damaged-2026-11-01T00-00-00.db"), secret);
    writeFileSync(windows.folder.file("groqCoder-damaged-2026-11-01T00-00-00.db-wal"), secret);
    writeFileSync(windows.folder.file("export.csv"), "the user's own");
    store.deleteAll("2026-11-20");
    expect(store.loadConversation("c")).toBeUndefined();
    expect(store.readCalls(0)).toEqual([]);
    expect(store.loadLimits({ account: "a", model: "m" })).toBeUndefined();
    expect(readdirSync(windows.folder.path)).toContain("export.csv");
    for (const name of readdirSync(windows.folder.path, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const content = readFileSync(`${name.parentPath}/${name.name}`, "latin1");
      for (const word of [secret, "project", "gpt-oss", "earlier"])
        expect(content.includes(word), `${word} in ${name.name}`).toBe(false);
    }
  });

  it("sums without a name stay for the caps of today and its month", () => {
    store.deleteAll("2026-11-20");
    expect(spent(today)).toBe(1000n);
    expect(spent(month)).toBe(1110n);
    expect(spent({ kind: "month", month: "2026-10" })).toBe(0n);
    expect(spent(session("c"))).toBe(1011n);
    expect(spent(session("earlier"))).toBe(0n);
    expect(store.spentByModel("2026-11")).toMatchObject([{ model: "", cost: 1110n, calls: 3 }]);
    expect(store.reserve(reservation("5", { cost: 1n }), { day: 1000n })).toMatchObject({
      kind: "overCap",
    });
  });

  it("twice keeps the same sums", () => {
    store.deleteAll("2026-11-20");
    store.deleteAll("2026-11-20");
    expect(spent(today)).toBe(1000n);
    expect(spent(month)).toBe(1110n);
  });

  it("what another window has under way is counted at its reservation, and settles into nothing", () => {
    const other = windows.open();
    other.reserve(reservation("under way", { cost: 5000n, reservedAt: nowMs - 1 }), {});
    store.deleteAll("2026-11-20");
    other.settle("under way", settlement({ cost: 4000n }));
    other.cancel("under way");
    expect(spent(today)).toBe(6000n);
    expect(other.readCalls(0)).toEqual([]);
  });

  it("other windows go on: they book, keep limits, and their conversation begins anew", () => {
    const other = windows.open();
    store.deleteAll("2026-11-20");
    expect(other.reserve(reservation("next"), {})).toBeUndefined();
    other.settle("next", settlement());
    other.saveTurn("c", 2, userTurn({ id: "u3" }));
    expect(store.loadConversation("c")?.turns).toHaveLength(1);
    expect(store.readCalls(0)).toHaveLength(1);
  });

  it("while another window reads", () => {
    const reader = new DatabaseSync(windows.path);
    const rows = reader.prepare("SELECT * FROM calls").iterate();
    rows.next();
    const impatient = windows.open({ busyTimeoutMs: 20 });
    expect(() => impatient.deleteAll("2026-11-20")).not.toThrow();
    expect(impatient.readCalls(0)).toEqual([]);
    reader.close();
  });
});
