import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { speedSteps } from "../../../src/core/report/speedSteps";
import type { UsageReport } from "../../../src/core/report/usageReport";
import { migrations } from "../../../src/store/schema";
import type { OpenedStore } from "../../fakes/openedStore";
import { abandon, reservation, settlement } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let store: OpenedStore;
beforeEach(() => {
  store = windows.open();
});

function report(): UsageReport {
  const range = { from: "2026-11-01", to: "2026-11-30" };
  return store.readReport({ range, before: range, recent: range, unit: "day" });
}

describe("speeds", () => {
  it("are the percentiles of what was measured, to a twentieth", () => {
    const times = Array.from({ length: 101 }, (_, place) => 100 + place * 10);
    for (const [place, time] of times.entries()) {
      store.reserve(reservation(`${place}`), {});
      const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 200, reasoningTokens: 0 };
      store.settle(
        `${place}`,
        settlement({ usage, timeToFirstTokenMs: time, durationMs: time + 400 }),
      );
    }
    const [speed] = report().speeds;
    for (const [found, exact] of [
      [speed?.firstToken?.p50, 600],
      [speed?.firstToken?.p90, 1000],
      [speed?.tokensPerSecond?.p50, 500],
    ] as const)
      expect(Math.abs((found ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.05);
    expect(speed?.firstToken?.calls).toBe(101);
  });

  it("hold no estimate, no crash, and no answer without a measure", () => {
    const none = { timeToFirstTokenMs: undefined, durationMs: 5 };
    store.reserve(reservation("1"), {});
    store.settle("1", settlement({ estimated: true }));
    store.reserve(reservation("2"), {});
    abandon(windows.path, "2");
    store.reserve(reservation("3"), {});
    store.settle("3", settlement(none));
    expect(report().speeds).toEqual([]);
    // The window was not dead after all.
    store.settle("2", settlement({ timeToFirstTokenMs: 80, durationMs: 80 }));
    expect(report().speeds).toMatchObject([{ firstToken: { calls: 1 } }]);
    expect(report().speeds[0]?.tokensPerSecond).toBeUndefined();
  });

  it("of whatever size have a step that the scale knows", () => {
    const last = speedSteps.at(-1)?.below ?? 0;
    for (const [place, time] of [0, 0.4, 9.99, 10, 19.99, 20, 99.9, 999_999, last, 1e9].entries()) {
      store.reserve(reservation(`${place}`), {});
      store.settle(`${place}`, settlement({ timeToFirstTokenMs: time, durationMs: time }));
    }
    const database = new DatabaseSync(windows.path);
    const steps = database.prepare("SELECT step, calls FROM speed_by_day ORDER BY step").all();
    database.close();
    expect(steps.map(({ step, calls }) => [step, calls])).toEqual([
      [0, 2],
      [9, 1],
      [10, 1],
      [19, 1],
      [20, 1],
      [95, 1],
      [950_000, 1],
      [1_000_000, 2],
    ]);
  });
});

it("waits and refusals are summed by reason, and stay when their list is forgotten", () => {
  const at = { at: 5, day: "2026-11-20", hour: 9, model: "a", provider: "groq" } as const;
  store.noteHoldUp({ ...at, kind: "wait", reason: "tpm", waitedMs: 1500.5 });
  store.noteHoldUp({ ...at, kind: "wait", reason: "tpm", waitedMs: 500 });
  store.noteHoldUp({ ...at, hour: 10, kind: "refusal", reason: "tooLarge", waitedMs: 0 });
  const expected = [
    { slot: "2026-11-20", kind: "refusal", reason: "tooLarge", count: 1, waitedMs: 0 },
    { slot: "2026-11-20", kind: "wait", reason: "tpm", count: 2, waitedMs: 2000.5 },
  ];
  expect(report().holdUps).toEqual(expected);
  store.forgetBefore("2026-11-21");
  expect(report().holdUps).toEqual(expected);
  store.deleteAll("2026-11-20");
  expect(report().holdUps).toEqual([]);
});

it("an hour's use is that of the day on which it was fullest, without cached tokens", () => {
  const usage = { promptTokens: 100, cachedTokens: 40, completionTokens: 5, reasoningTokens: 0 };
  for (const [id, day] of [
    ["1", "2026-11-19"],
    ["2", "2026-11-20"],
    ["3", "2026-11-20"],
  ] as const) {
    store.reserve(reservation(id, { day, hour: 9, model: "a" }), {});
    store.settle(id, settlement({ usage }));
  }
  store.reserve(reservation("other", { provider: "fallback", hour: 9 }), {});
  expect(report().hours).toEqual([{ hour: 9, model: "a", mostTokens: 130, mostRequests: 2 }]);
});

it("a file of the version before has the speeds, waits and refusals of all that is in it", () => {
  const path = windows.folder.file("before.db");
  const old = new DatabaseSync(path);
  for (const migration of migrations.slice(0, 5)) old.exec(migration);
  old.exec("PRAGMA user_version = 5");
  const row = "'c', 'chat', 'a', 1, '2026-11-20', 1";
  old.exec(
    `INSERT INTO calls (id, owner_pid, conversation_id, task, model, reserved_at, day, settled, estimated,
       completion_tokens, first_token_ms, duration_ms)
     VALUES ('1', 1, ${row}, 0, 300, 250.0, 1250.0), ('2', 1, ${row}, 1, 300, 250.0, 1250.0), ('3', 1, ${row}, 0, 0, NULL, 9.0);
     INSERT INTO hold_ups VALUES (1, '2026-11-20', 9, 'wait', 'tpm', 'a', 'groq', 2.5), (2, '2026-11-20', 9, 'wait', 'tpm', 'a', 'groq', 1.0);`,
  );
  old.close();
  store = windows.open({}, "before.db");
  const { speeds, holdUps } = report();
  expect(speeds).toMatchObject([
    { firstToken: { p50: 250, calls: 1 }, tokensPerSecond: { p50: 310 } },
  ]);
  expect(holdUps).toMatchObject([{ count: 2, waitedMs: 3.5 }]);
});
