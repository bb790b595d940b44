import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { OpenedStore } from "../../fakes/openedStore";
import { abandon, expectRollUpsToFit, reservation, settlement } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let store: OpenedStore;
beforeEach(() => {
  store = windows.open();
});

const act = fc.record({
  about: fc.record({
    day: fc.constantFrom("2026-11-20", "2026-11-21"),
    hour: fc.constantFrom(0, 23),
    model: fc.constantFrom("a", "b"),
    task: fc.constantFrom("chat", "explain", "edit"),
    workspace: fc.constantFrom("", "w"),
    provider: fc.constantFrom("groq", "fallback"),
    conversationId: fc.constantFrom("c1", "c2"),
  }),
  cost: fc.option(fc.bigInt({ min: 0n, max: 1000n }), { nil: undefined }),
  estimated: fc.boolean(),
  /** `crash` charges it as abandoned; what comes after is told by a window that was not dead after all. */
  end: fc.constantFrom("settle", "cancel", "leave", "crash", "crash, settle", "crash, cancel"),
});

describe("no sequence of reserving, settling, cancelling, crashing and restarting", () => {
  it("makes the roll-ups differ from the sums of the calls", () => {
    let calls = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        for (const { about, cost, estimated, end } of acts) {
          const id = `call ${++calls}`;
          store.reserve(reservation(id, { ...about, cost: cost && cost * 2n }), {});
          if (end.startsWith("crash")) abandon(windows.path, id);
          if (end.endsWith("settle")) store.settle(id, settlement({ cost, estimated }));
          if (end.endsWith("cancel")) store.cancel(id);
        }
        expectRollUpsToFit(windows.path);
      }),
      { numRuns: 12 },
    );
    expect(store.spentByModel("2026-11").length).toBe(4);
  });

  it("breaks a cap", () => {
    const cap = 1000n;
    const step = fc.record({
      cost: fc.bigInt({ min: 0n, max: 700n }),
      charged: fc.bigInt({ min: 0n, max: 700n }),
      end: fc.constantFrom("settle", "cancel", "leave", "crash", "crash, settle", "restart"),
      conversationId: fc.constantFrom("c1", "c2"),
    });
    let day = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const today = `day ${++day}`;
        for (const [index, { cost, charged, end, conversationId }] of steps.entries()) {
          const id = `${today} ${index}`;
          const about = { cost, day: today, conversationId: `${conversationId} ${today}` };
          const refusal = store.reserve(reservation(id, about), { day: cap, session: 600n });
          if (end.startsWith("crash")) abandon(windows.path, id);
          if (refusal === undefined && end.endsWith("settle"))
            store.settle(id, settlement({ cost: charged < cost ? charged : cost }));
          if (end === "cancel") store.cancel(id);
          if (end === "restart") restart();
          expect(store.spent({ kind: "day", day: today }).cost).toBeLessThanOrEqual(cap);
          const session = { kind: "session", conversationId: about.conversationId } as const;
          expect(store.spent(session).cost).toBeLessThanOrEqual(600n);
        }
      }),
      { numRuns: 15 },
    );
    expectRollUpsToFit(windows.path);
  });
});

function restart(): void {
  store.close();
  store = windows.open();
}

describe("reports", () => {
  beforeEach(() => {
    for (const [id, given, cost] of [
      ["1", { model: "a", hour: 9 }, 5n],
      ["2", { model: "b", hour: 9 }, 2n ** 60n],
      ["3", { model: "a", hour: 10 }, undefined],
      ["4", { model: "a", day: "2026-11-21", hour: 0 }, 7n],
      ["5", { model: "a", day: "2026-12-01" }, 11n],
    ] as const) {
      store.reserve(reservation(id, given), {});
      store.settle(id, settlement({ cost, estimated: id === "4" }));
    }
    store.reserve(reservation("open"), {});
  });

  it("sum a month by model, the dearest first", () => {
    const usage = {
      promptTokens: 100,
      cachedTokens: 20,
      completionTokens: 30,
      reasoningTokens: 10,
    };
    expect(store.spentByModel("2026-11")).toEqual([
      {
        model: "b",
        provider: "groq",
        cost: 2n ** 60n,
        calls: 1,
        estimated: false,
        unpriced: 0,
        usage,
      },
      {
        model: "a",
        provider: "groq",
        cost: 12n,
        calls: 3,
        estimated: true,
        unpriced: 1,
        usage: { promptTokens: 300, cachedTokens: 60, completionTokens: 90, reasoningTokens: 30 },
      },
    ]);
    expect(store.spentByModel("2026-10")).toEqual([]);
  });

  it("sum hours in order of time", () => {
    expect(
      store.spentByHour("2026-11-20").map(({ day, hour, calls }) => [day, hour, calls]),
    ).toEqual([
      ["2026-11-20", 9, 2],
      ["2026-11-20", 10, 1],
      ["2026-11-21", 0, 1],
      ["2026-12-01", 12, 1],
    ]);
    expect(store.spentByHour("2026-11-21").length).toBe(2);
  });

  it("keep waits and refusals", () => {
    const at = { at: 5, day: "2026-11-20", hour: 9, model: "a", provider: "groq" } as const;
    store.noteHoldUp({ ...at, kind: "wait", reason: "tpm", waitedMs: 1500.5 });
    store.noteHoldUp({ ...at, kind: "refusal", reason: "tooLarge", waitedMs: 0 });
    const database = new DatabaseSync(windows.path);
    expect(database.prepare("SELECT kind, reason, waited_ms FROM hold_ups").all()).toEqual([
      { kind: "wait", reason: "tpm", waited_ms: 1500.5 },
      { kind: "refusal", reason: "tooLarge", waited_ms: 0 },
    ]);
    database.close();
  });
});
