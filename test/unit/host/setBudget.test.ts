import { beforeEach, describe, expect, it } from "vitest";
import { setBudget } from "../../../src/host/commands/setBudget";
import { createDailyRaise } from "../../../src/host/dailyRaise";
import { readCaps } from "../../../src/host/settings";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";

const dollar = 1_000_000_000_000n;
const dayMs = 86_400_000;

let clock: FakeClock;
let state: MemoryState;
beforeEach(() => {
  fakeEditor.reset();
  clock = new FakeClock(Date.UTC(2026, 10, 20, 23, 59));
  state = new MemoryState();
});

const window = () => createDailyRaise(state, clock, readCaps);
const set = (argument: unknown) => setBudget(window(), argument);

describe("with an argument", () => {
  it("sets what is named, and leaves the rest", async () => {
    fakeEditor.settings.set("groqCoder.budget.monthly", 9);
    expect(await set({ session: 0.25, daily: 1 })).toEqual({ ok: true });
    expect(readCaps()).toEqual({ session: dollar / 4n, day: dollar, month: 9n * dollar });
  });

  it.each([
    ["text", "1"],
    ["null", null],
    ["a number", 5],
    ["nothing to set", {}],
    ["a negative amount", { daily: -1 }],
    ["no number", { daily: Number.NaN }],
    ["an amount in words", { daily: "1" }],
    ["too much", { monthly: 1_000_001 }],
    ["a name that there is not", { day: 1 }],
    ["one right and one wrong", { daily: 1, monthly: "2" }],
  ])("%s is a failure of its own, and changes nothing", async (_name, argument) => {
    expect(await set(argument)).toEqual({ ok: false, failure: { kind: "invalidBudget" } });
    expect([...fakeEditor.settings]).toEqual([]);
  });
});

describe("asked for", () => {
  it.each(["$ 0.50", "0,5", "0,50"])("is set for what the user chose: %s", async (typed) => {
    fakeEditor.chosenItem = "Each day";
    fakeEditor.typed = typed;
    expect(await set(undefined)).toEqual({ ok: true });
    expect(readCaps()).toEqual({ day: dollar / 2n });
  });

  it.each(["1,000", "1.000,50", "-1", "1 2", "1e3"])("is no amount: %s", async (typed) => {
    fakeEditor.chosenItem = "Each day";
    fakeEditor.typed = typed;
    expect(await set(undefined)).toMatchObject({ ok: false });
    expect(readCaps()).toEqual({});
  });

  it("is left by Escape", async () => {
    expect(await set(undefined)).toEqual({ ok: false, failure: { kind: "stopped" } });
    fakeEditor.chosenItem = "Each day";
    expect(await set(undefined)).toEqual({ ok: false, failure: { kind: "stopped" } });
    expect(readCaps()).toEqual({});
  });

  it("offers no raise without a daily budget", async () => {
    fakeEditor.chosenItem = "Raise for Today…";
    fakeEditor.typed = "3";
    expect(await set(undefined)).toEqual({ ok: false, failure: { kind: "stopped" } });
  });
});

describe("a raise for today", () => {
  beforeEach(() => {
    fakeEditor.settings.set("groqCoder.budget.daily", 0.5);
    fakeEditor.settings.set("groqCoder.budget.monthly", 4);
  });

  it("holds in every window until the day ends, without touching the setting", async () => {
    expect(await set({ today: 2 })).toEqual({ ok: true });
    expect(window().caps()).toEqual({ day: 2n * dollar, month: 4n * dollar });
    expect(readCaps().day).toBe(dollar / 2n);
    clock.advance(59_999);
    expect(window().caps().day).toBe(2n * dollar);
    clock.advance(1);
    expect(window().caps().day).toBe(dollar / 2n);
    expect(window().current()).toBeUndefined();
  });

  it("does not come back on another day", async () => {
    await set({ today: 2 });
    clock.advance(30 * dayMs);
    expect(window().caps().day).toBe(dollar / 2n);
  });

  it("is taken back with 0, or from the list", async () => {
    await set({ today: 2 });
    expect(await set({ today: 0 })).toEqual({ ok: true });
    expect(window().caps().day).toBe(dollar / 2n);
    await set({ today: 2 });
    fakeEditor.chosenItem = "Take Back Today's Raise";
    expect(await set(undefined)).toEqual({ ok: true });
    expect(window().current()).toBeUndefined();
  });

  it("ends when the daily budget is set anew", async () => {
    await set({ today: 2 });
    await set({ daily: 1 });
    expect(window().caps().day).toBe(dollar);
  });

  it("is asked for with what the refused request needs", async () => {
    fakeEditor.typed = "0.9";
    expect(await set({ raiseForToday: true, needed: "812300000000" })).toEqual({ ok: true });
    expect(window().caps().day).toBe((9n * dollar) / 10n);
  });

  it.each([
    ["no more than the cap", 0.5],
    ["above what the month may cost", 4.01],
  ])("%s is refused, with the bounds", async (_name, today) => {
    expect(await set({ today })).toEqual({
      ok: false,
      failure: {
        kind: "raiseRefused",
        reason: "outOfBounds",
        least: "500000000000",
        most: "4000000000000",
      },
    });
    expect(window().caps().day).toBe(dollar / 2n);
  });

  it("is refused without a daily budget", async () => {
    fakeEditor.settings.delete("groqCoder.budget.daily");
    expect(await set({ today: 2 })).toEqual({
      ok: false,
      failure: { kind: "raiseRefused", reason: "noDailyCap" },
    });
  });

  it("tells who draws the caps", async () => {
    const raise = window();
    let drawn = 0;
    raise.onDidChange(() => drawn++);
    await setBudget(raise, { today: 2 });
    await setBudget(raise, { today: 0 });
    expect(drawn).toBe(2);
  });

  it("is none when what is stored is of another form", async () => {
    await state.update("raisedToday", { day: "2026-11-20", cap: "2e12", over: 5 });
    expect(window().caps().day).toBe(dollar / 2n);
  });
});
