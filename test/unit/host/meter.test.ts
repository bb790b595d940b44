import { beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { FreeRoom } from "../../../src/core/limits/rateLimiter";
import { findModel } from "../../../src/core/models/catalogue";
import { createDailyRaise } from "../../../src/host/dailyRaise";
import { createLog } from "../../../src/host/log";
import { readCaps } from "../../../src/host/settings";
import { createMeter } from "../../../src/host/statusBar/meter";
import type { MeterSources } from "../../../src/host/statusBar/meterState";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { MemoryState } from "../../fakes/memoryState";
import { ZonedClock } from "../../fakes/zonedClock";
import { reservation, settlement } from "../store/storeSamples";

const dollar = 1_000_000_000_000n;
/** After the text comes the tooltip. */
const momentMs = 100;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

beforeEach(() => fakeEditor.reset());

interface Tooltip {
  readonly value: string;
  readonly isTrusted: { readonly enabledCommands: readonly string[] };
}

function drawnTooltip(): Tooltip {
  const [item] = fakeEditor.statusItems;
  if (item === undefined) throw new Error("nothing is in the status bar");
  return item.tooltip as Tooltip;
}

class MeterBench {
  readonly clock: ZonedClock;
  readonly ledger = new MemoryLedger();
  readonly raise;
  room: FreeRoom | undefined;
  looks = 0;
  readonly meter;

  constructor(startedAt: string, zone = "UTC", given: Partial<MeterSources> = {}) {
    this.clock = new ZonedClock(zone, startedAt);
    this.raise = createDailyRaise(new MemoryState(), this.clock, readCaps);
    const sources: MeterSources = {
      ledger: this.ledger,
      clock: this.clock,
      usage: { spentByModel: () => Promise.resolve(succeed([])) },
      priceOf: () => undefined,
      caps: () => this.raise.caps(),
      raise: () => this.raise.current(),
      warnAt: () => 80,
      conversationId: () => "c1",
      room: () => {
        this.looks++;
        return Promise.resolve(this.room && { model: "some/model", room: this.room });
      },
      activity: () => "calm",
      ...given,
    };
    this.meter = createMeter(sources, createLog());
  }

  /** Booked on the clock's own day, as the dispatcher does. */
  async spend(dollars: bigint): Promise<void> {
    const { clock, ledger } = this;
    const id = String(ledger.bookings.size);
    const now = clock.now();
    const booked = reservation(id, {
      cost: dollars,
      reservedAt: now,
      day: clock.localDay(now),
      hour: clock.localHour(now),
    });
    const reserved = await ledger.reserve(booked, this.raise.caps());
    if (reserved.ok) await ledger.settle(id, settlement({ cost: dollars }));
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await letPromisesRun();
  }

  get text(): string {
    return (fakeEditor.statusItems[0]?.text ?? "").replace(/^\$\([a-z-]+\) /, "");
  }

  get tooltip(): string {
    return drawnTooltip().value;
  }
}

describe("the calendar resets day and month, though nobody asks anything", () => {
  it("at midnight", async () => {
    const bench = new MeterBench("2026-11-20T23:59:45Z");
    await bench.spend(dollar);
    await bench.meter.refresh();
    expect(bench.text).toBe("$1.00");
    await bench.pass(30_000);
    expect(bench.text).toBe("$0.00");
    expect(bench.tooltip).toContain("| This month | $1.00 |");
  });

  it("at the month's end", async () => {
    const bench = new MeterBench("2026-11-30T23:59:45Z");
    await bench.spend(dollar);
    await bench.meter.refresh();
    await bench.pass(30_000);
    await bench.pass(momentMs);
    expect(bench.tooltip).toContain("| Today | $0.00 |");
    expect(bench.tooltip).toContain("| This month | $0.00 |");
    expect(bench.tooltip).toContain("| This chat | $1.00 |");
  });

  it.each([
    ["of 25 hours in autumn", "2026-10-24T22:00:30Z", 25],
    ["of 23 hours in spring", "2026-03-28T23:00:30Z", 23],
  ])("after a day %s", async (_name, startedAt, hours) => {
    fakeEditor.settings.set("groqCoder.budget.daily", 1);
    const bench = new MeterBench(startedAt, "Europe/Berlin");
    await bench.raise.raise(2n * dollar);
    await bench.spend(dollar);
    await bench.meter.refresh();
    await bench.pass(hours * hourMs - minuteMs);
    expect(bench.text).toBe("$1.00 / $2.00");
    await bench.pass(minuteMs);
    expect(bench.text).toBe("$0.00 / $1.00");
  });

  it("in the zone that the machine is in now", async () => {
    const bench = new MeterBench("2026-11-20T23:30:00Z", "Europe/London");
    await bench.spend(dollar);
    await bench.meter.refresh();
    bench.clock.zone = "Asia/Tokyo";
    await bench.pass(30_000);
    expect(bench.text).toBe("$0.00");
    bench.clock.zone = "America/New_York";
    await bench.pass(30_000);
    expect(bench.text).toBe("$1.00");
  });
});

it("a cap refuses on its day only", async () => {
  fakeEditor.settings.set("groqCoder.budget.daily", 1);
  const bench = new MeterBench("2026-11-20T23:59:59Z");
  await bench.spend(dollar);
  await bench.meter.refresh();
  expect(bench.text).toBe("$1.00 / $1.00 · budget used up");
  await bench.spend(1n);
  expect(bench.ledger.bookings.size).toBe(1);
  await bench.pass(1000);
  await bench.spend(1n);
  expect(bench.ledger.bookings.size).toBe(2);
});

describe("as time passes", () => {
  it("it follows the minute while that refills, and looks twice a minute else", async () => {
    const bench = new MeterBench("2026-11-20T12:00:00Z");
    bench.room = { tpm: { limit: 8000, free: 6100 } };
    await bench.meter.refresh();
    expect(bench.text).toBe("$0.00 · 6.1k tpm");
    bench.room = { tpm: { limit: 8000, free: 8000 } };
    await bench.pass(2000);
    expect(bench.text).toBe("$0.00 · 8.0k tpm");
    const looks = bench.looks;
    for (let second = 0; second < 60; second++) await bench.pass(1000);
    expect(bench.looks - looks).toBe(2);
  });

  it("a look that something else set off puts the next one off", async () => {
    const bench = new MeterBench("2026-11-20T12:00:00Z");
    await bench.meter.refresh();
    await bench.pass(29_000);
    await bench.meter.refresh();
    await bench.pass(29_000);
    expect(bench.looks).toBe(2);
  });

  it("nothing is looked at after its end", async () => {
    const bench = new MeterBench("2026-11-20T12:00:00Z");
    await bench.meter.refresh();
    bench.meter.dispose();
    await bench.pass(hourMs);
    expect(bench.looks).toBe(1);
  });

  it("a store that did not answer is asked again", async () => {
    const bench = new MeterBench("2026-11-20T12:00:00Z");
    const spent = bench.ledger.spent.bind(bench.ledger);
    bench.ledger.spent = () =>
      Promise.resolve(fail({ kind: "storeUnavailable", detail: "locked" }));
    await bench.meter.refresh();
    expect(bench.text).toBe("Groq Coder");
    bench.ledger.spent = spent;
    await bench.pass(30_000);
    expect(bench.text).toBe("$0.00");
  });
});

it("says what the cache saved this month, at today's prices, of what has one", async () => {
  const model = "openai/gpt-oss-120b";
  const row = {
    model,
    provider: "groq",
    cost: 0n,
    calls: 1,
    estimated: false,
    unpriced: 0,
  } as const;
  const usage = {
    promptTokens: 2_000_000,
    cachedTokens: 1_000_000,
    completionTokens: 0,
    reasoningTokens: 0,
  };
  const asked: string[] = [];
  const bench = new MeterBench("2026-11-20T12:00:00Z", "UTC", {
    usage: {
      spentByModel(month) {
        asked.push(month);
        return Promise.resolve(
          succeed([
            { ...row, usage },
            { ...row, model: "", usage },
          ]),
        );
      },
    },
    priceOf: ({ model: id }) => findModel(id)?.price,
  });
  await bench.meter.refresh();
  await bench.pass(momentMs);
  expect(bench.tooltip).toContain("The cache saved ~$0.075 this month.");
  expect(asked).toEqual(["2026-11"]);
});

it("is explained by its name until its figures are drawn, a moment after its text", async () => {
  const bench = new MeterBench("2026-11-20T12:00:00Z");
  await bench.meter.refresh();
  expect(bench.text).toBe("$0.00");
  expect(bench.tooltip).toBe("Groq Coder budget");
  await bench.pass(momentMs);
  expect(bench.tooltip).toContain("| Today | $0.00 |");
});

it("runs nothing from its tooltip but what it links to", async () => {
  const bench = new MeterBench("2026-11-20T12:00:00Z");
  await bench.meter.refresh();
  await bench.pass(momentMs);
  const { value, isTrusted } = drawnTooltip();
  const linked = [...value.matchAll(/command:([\w.]+)/g)].map(([, name]) => name);
  expect(new Set(linked)).toEqual(new Set(isTrusted.enabledCommands));
});
