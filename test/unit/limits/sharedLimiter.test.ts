import { describe, expect, it } from "vitest";
import { createSharedLimiter } from "../../../src/core/limits/sharedLimiter";
import type { Applicant, Entry, SharedLimiter } from "../../../src/core/limits/sharedLimiter";
import type { RequestClass } from "../../../src/core/limits/requestClass";
import type { RateLimits } from "../../../src/core/models/model";
import { FakeClock } from "../../fakes/fakeClock";
import { sharedLimiterWith, useUpShared } from "../../fakes/limiters";
import { MemoryLimitStore } from "../../fakes/memoryLimitStore";

const applicant = (tokens: number, requestClass: RequestClass = "interactive"): Applicant => ({
  need: { tokens, outputCap: 0 },
  requestClass,
});

async function enter(limiter: SharedLimiter, given: Applicant): Promise<Entry> {
  const entered = await limiter.enter(given);
  if (!entered.ok) throw new Error(entered.failure.kind);
  return entered.value;
}

/** The wait in milliseconds; 0 for a request that was let go. */
async function waitOf(limiter: SharedLimiter, given: Applicant): Promise<number> {
  const entry = await enter(limiter, given);
  return entry.kind === "wait" ? entry.ms : 0;
}

async function freeOf(limiter: SharedLimiter): Promise<number | undefined> {
  const look = await limiter.look();
  return look.ok ? look.value.room.tpm?.free : undefined;
}

function windows(limits: RateLimits = { tpm: 6000 }) {
  const clock = new FakeClock();
  const store = new MemoryLimitStore();
  const open = () => sharedLimiterWith(limits, clock, store);
  return { clock, store, one: open(), other: open(), open };
}

describe("two windows", () => {
  it("take from the same buckets", async () => {
    const { one, other } = windows();
    await useUpShared(one, 4000);
    expect(await freeOf(other)).toBe(2000);
    await useUpShared(other, 1500);
    expect(await freeOf(one)).toBe(500);
  });

  it("are not both admitted to room for one, however they race", async () => {
    const { one, other } = windows();
    const entries = await Promise.all([
      enter(one, applicant(4000)),
      enter(other, applicant(4000)),
      enter(one, applicant(4000)),
    ]);
    expect(entries.map(({ kind }) => kind).toSorted()).toEqual(["admitted", "wait", "wait"]);
  });

  it("ask the store again once one of them has told of a change, and not before", async () => {
    const { one, other, store } = windows();
    await freeOf(one);
    const before = store.loads;
    expect(await freeOf(one)).toBe(6000);
    expect(store.loads).toBe(before);
    await useUpShared(other, 1000);
    expect(await freeOf(one)).toBe(5000);
    expect(store.loads).toBeGreaterThan(before);
  });

  it("see what a window that is gone has left behind", async () => {
    const { one, open } = windows();
    await enter(one, applicant(4000));
    expect(await freeOf(open())).toBe(2000);
  });

  it("count a request whose window is gone, until it must have drained", async () => {
    const { one, other, clock } = windows();
    await enter(one, applicant(4000));
    clock.advance(60_000);
    // Nobody knows when the service admitted it, so it has not begun to drain.
    expect(await freeOf(other)).toBe(2000);
    clock.advance(60_000 + 20_000);
    expect(await freeOf(other)).toBe(4000);
    clock.advance(20_000);
    expect(await freeOf(other)).toBe(6000);
  });
});

describe("the line", () => {
  it("tells a wait that includes those who go before", async () => {
    const { one, other } = windows();
    await useUpShared(one, 6000);
    expect(await waitOf(one, applicant(2000))).toBe(20_000);
    expect(await waitOf(other, applicant(1000))).toBe(30_000);
  });

  it("lets an interactive request go before an edit, and both before background work", async () => {
    const { one, other, clock } = windows();
    await useUpShared(one, 6000);
    const background = await enter(one, applicant(1000, "background"));
    const edit = await enter(other, applicant(1000, "edit"));
    const interactive = await enter(one, applicant(1000));
    const waits = [interactive, edit, background].map((entry) => entry.kind === "wait" && entry.ms);
    expect(waits).toEqual([10_000, 10_000, 10_000]);
    clock.advance(10_000);
    if (background.kind !== "wait" || edit.kind !== "wait") throw new Error("it was let go");
    const again = { ...applicant(1000, "background"), place: background.place };
    expect(await waitOf(one, again)).toBe(20_000);
    expect(await waitOf(other, { ...applicant(1000, "edit"), place: edit.place })).toBe(10_000);
  });

  it("keeps nobody waiting for ever: after a minute one goes before those of higher classes", async () => {
    const { one, clock } = windows();
    await useUpShared(one, 6000);
    const waiting = new Map<RequestClass, number>();
    const admitted: RequestClass[] = [];
    const ask = async (requestClass: RequestClass) => {
      const place = waiting.get(requestClass);
      const given = applicant(1000, requestClass);
      const entry = await enter(one, place === undefined ? given : { ...given, place });
      if (entry.kind === "wait") waiting.set(requestClass, entry.place);
      if (entry.kind !== "admitted") return;
      waiting.delete(requestClass);
      admitted.push(requestClass);
    };
    // One interactive request after the other takes what there is.
    for (let second = 0; second < 90; second++) {
      await ask("interactive");
      if (!admitted.includes("background")) await ask("background");
      clock.advance(1000);
    }
    const turn = admitted.indexOf("background");
    expect(turn).toBeGreaterThan(4);
    expect(turn).toBeLessThan(8);
  });

  it("closes up when one leaves, and when one does not come back", async () => {
    const { one, other, clock } = windows();
    await useUpShared(one, 6000);
    const first = await enter(one, applicant(2000));
    expect(await waitOf(other, applicant(1000))).toBe(30_000);
    if (first.kind !== "wait") throw new Error("it was let go");
    let woken = 0;
    one.onChange(() => woken++);
    await one.leave(first.place);
    expect(woken).toBe(1);
    // The other one's window is gone: after half a minute it no longer counts.
    expect(await waitOf(one, applicant(1000))).toBe(20_000);
    clock.advance(31_000);
    expect(await waitOf(one, applicant(1000))).toBe(0);
  });

  it("a request that can never fit does not stand in it", async () => {
    const { one, other } = windows();
    await useUpShared(one, 6000);
    expect((await enter(one, applicant(6001))).kind).toBe("never");
    expect(await waitOf(other, applicant(1000))).toBe(10_000);
  });
});

describe("what is stored", () => {
  it("is read as earlier versions wrote it, without the user's own limits", async () => {
    const { one, store, open } = windows();
    await useUpShared(one, 5000);
    for (const [key, row] of store.rows) {
      const { format, state } = JSON.parse(row.state);
      const { own: _, ...earlier } = state;
      store.rows.set(key, { ...row, state: JSON.stringify({ format, state: earlier }) });
    }
    expect(await freeOf(open())).toBe(1000);
  });

  it("counts on when the machine was off, by the epoch's clock", async () => {
    const { one, store, clock } = windows({ tpd: 86_400 });
    await useUpShared(one, 86_400);
    const restarted = createSharedLimiter({
      key: { account: "a1", model: "openai/gpt-oss-120b" },
      store,
      // Twelve hours later, ten minutes after the start of the machine.
      moment: () => ({ nowMs: clock.now() + 12 * 3_600_000, monotonicMs: 600_000 }),
      limits: () => ({ tpd: 86_400 }),
      ownLimits: () => ({}),
      onStoreChange: () => () => {},
    });
    const look = await restarted.look();
    expect(look.ok && look.value.room.tpd?.free).toBe(43_200);
  });

  it("is not refilled by an epoch's clock that jumps while a window is open", async () => {
    const { one, store, clock } = windows();
    await useUpShared(one, 6000);
    let jumpMs = 0;
    const jumping = createSharedLimiter({
      key: { account: "a1", model: "openai/gpt-oss-120b" },
      store,
      moment: () => ({ nowMs: clock.now() + jumpMs, monotonicMs: clock.monotonic() }),
      limits: () => ({ tpm: 6000 }),
      ownLimits: () => ({}),
      onStoreChange: () => () => {},
    });
    expect(await freeOf(jumping)).toBe(0);
    jumpMs = 24 * 3_600_000;
    expect(await freeOf(jumping)).toBe(0);
    jumpMs = -24 * 3_600_000;
    clock.advance(30_000);
    expect(await freeOf(jumping)).toBe(3000);
  });

  it.each(["", "{", "null", '{"format":1}', '{"format":1,"state":{"views":[]}}', '{"format":99}'])(
    "is learnt anew when it cannot be read: %s",
    async (state) => {
      const { one, store, open } = windows();
      await useUpShared(one, 6000);
      for (const [key, row] of store.rows) store.rows.set(key, { ...row, state });
      const next = open();
      expect(await freeOf(next)).toBe(6000);
      expect((await enter(next, applicant(1000))).kind).toBe("admitted");
    },
  );

  it.each([
    ["a time", { shutUntilMs: "soon" }],
    ["the next ticket", { nextTicket: null }],
    ["the promotion", { promotion: undefined }],
    ["a learnt limit", { toldLimits: { tpm: "8000" } }],
    ["the use by others", { others: { tpm: {} } }],
    ["a limit of the user's own", { own: { tpm: "8000" } }],
    ["an open request", { open: [{ ticket: 1, sentAtMs: 0, told: {}, sightings: {} }] }],
    ["a waiting request", { line: [{ place: 1, sinceMs: 0, returnsByMs: 1e15 }] }],
  ])("is learnt anew when %s in it is damaged", async (_, damage) => {
    const { one, store, open } = windows();
    await useUpShared(one, 6000);
    for (const [key, row] of store.rows) {
      const { format, state } = JSON.parse(row.state);
      store.rows.set(key, {
        ...row,
        state: JSON.stringify({ format, state: { ...state, ...damage } }),
      });
    }
    const next = open();
    expect(await freeOf(next)).toBe(6000);
    expect((await enter(next, applicant(1000))).kind).toBe("admitted");
  });

  it("is made anew after all data were deleted", async () => {
    const { one, store } = windows();
    await useUpShared(one, 5000);
    store.rows.clear();
    expect((await enter(one, applicant(6000))).kind).toBe("wait");
    expect(store.rows.size).toBe(1);
  });

  it("fails with the store, and admits nothing then", async () => {
    const { one, store } = windows();
    store.failure = { kind: "storeUnavailable", detail: "database is locked" };
    expect(await one.enter(applicant(1))).toEqual({ ok: false, failure: store.failure });
    expect(await one.forecast(applicant(1))).toEqual({ ok: false, failure: store.failure });
  });
});

describe("a limit that the user has set", () => {
  it("holds from then on, though a refusal has taught a lower one before", async () => {
    const clock = new FakeClock();
    let own: RateLimits = {};
    const limiter = createSharedLimiter({
      key: { account: "a1", model: "openai/gpt-oss-120b" },
      store: new MemoryLimitStore(),
      moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
      limits: () => ({ tpd: 200_000, ...own }),
      ownLimits: () => own,
      onStoreChange: () => () => {},
    });
    const entry = await enter(limiter, applicant(100));
    if (entry.kind !== "admitted") throw new Error("it was not let go");
    const told = { dimension: "tpd", limit: 1000, used: 1000, requested: 100 } as const;
    await limiter.note((buckets, nowMs) => buckets.refused(entry.ticket, told, {}, nowMs));
    const limitNow = async () => {
      const look = await limiter.look();
      return look.ok ? look.value.room.tpd?.limit : undefined;
    };
    expect(await limitNow()).toBe(1000);
    own = { tpd: 200_000 };
    expect(await limitNow()).toBe(200_000);
  });

  async function limitAfter(own: RateLimits, reported: number) {
    const clock = new FakeClock();
    const limiter = createSharedLimiter({
      key: { account: "a1", model: "openai/gpt-oss-120b" },
      store: new MemoryLimitStore(),
      moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
      limits: () => ({ tpm: 8000, ...own }),
      ownLimits: () => own,
      onStoreChange: () => () => {},
    });
    const entry = await enter(limiter, applicant(100));
    if (entry.kind !== "admitted") throw new Error("it was not let go");
    await limiter.note((buckets, nowMs) =>
      buckets.headers(entry.ticket, { tpm: { limit: reported, remaining: reported - 100 } }, nowMs),
    );
    const look = await limiter.look();
    return look.ok ? look.value.room.tpm : undefined;
  }

  it("is not loosened by headers", async () => {
    expect(await limitAfter({ tpm: 4000 }, 8000)).toEqual({ limit: 4000, free: 3800 });
  });

  it("gives way to a stricter one", async () => {
    expect((await limitAfter({ tpm: 16_000 }, 8000))?.limit).toBe(8000);
    expect((await limitAfter({}, 16_000))?.limit).toBe(16_000);
  });
});

describe("limits that are set otherwise meanwhile", () => {
  it("hold from the next request on, with what is in use kept", async () => {
    const clock = new FakeClock();
    let limits: RateLimits = { tpm: 6000, tpd: 6000 };
    const limiter = createSharedLimiter({
      key: { account: "a1", model: "openai/gpt-oss-120b" },
      store: new MemoryLimitStore(),
      moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
      limits: () => limits,
      ownLimits: () => ({}),
      onStoreChange: () => () => {},
    });
    await useUpShared(limiter, 5000);
    limits = { tpm: 9000 };
    const look = await limiter.look();
    expect(look.ok && look.value.room).toEqual({ tpm: { limit: 9000, free: 4000 } });
  });
});
