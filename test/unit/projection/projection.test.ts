import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDollars } from "../../../src/core/budget/money";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import { unknownModel } from "../../../src/core/models/modelRows";
import {
  admittedCalls,
  liveCallsADay,
  monthlyCost,
  projectModels,
} from "../../../src/core/projection/projection";
import { workloadBounds, wrongFields } from "../../../src/core/projection/workload";
import type { Workload, WorkloadField } from "../../../src/core/projection/workload";

const big = "openai/gpt-oss-120b";
const small = "openai/gpt-oss-20b";

function work(given: Partial<Workload>): Workload {
  return {
    callsADay: 1,
    daysAMonth: 1,
    inputTokens: 1,
    outputTokens: 1,
    cachedPercent: 0,
    batchPercent: 0,
    ...given,
  };
}

function row(id: string): Model {
  const model = findModel(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}

describe("what a month costs", () => {
  const check = (name: string, id: string, given: Partial<Workload>, dollars: string) =>
    it(`${name}: ${dollars}`, () => {
      const { price } = row(id);
      if (price === undefined) throw new Error(`no price for ${id}`);
      expect(formatDollars(monthlyCost(work(given), price))).toBe(dollars);
    });
  // 100 million tokens in and 20 million out.
  const large = { callsADay: 1000, inputTokens: 100_000, outputTokens: 20_000 };
  check("10M in, 2M out", small, { ...large, callsADay: 100 }, "$1.35");
  check("100M in, 20M out", big, large, "$27.00");
  check("in batches", big, { ...large, batchPercent: 100 }, "$13.50");
  check("half of the input cached", big, { ...large, cachedPercent: 50 }, "$23.25");
  check("all of the input cached", big, { ...large, cachedPercent: 100 }, "$19.50");
  check("a batch has no cache", big, { ...large, cachedPercent: 50, batchPercent: 100 }, "$13.50");
  check("half in batches", big, { ...large, batchPercent: 50 }, "$20.25");
  const runs = { callsADay: 100, inputTokens: 20_000, outputTokens: 4000, daysAMonth: 30 };
  check("100 runs a day of 20k and 4k, 30 days", big, runs, "$16.20");
});

describe("how many calls a day the limits admit", () => {
  const free = row(big).free ?? {};
  const check = (
    name: string,
    [inputTokens, outputTokens]: readonly [number, number],
    limits: Parameters<typeof admittedCalls>[2],
    expected: ReturnType<typeof admittedCalls>,
  ) =>
    it(name, () =>
      expect(admittedCalls({ inputTokens, outputTokens }, row(big), limits)).toEqual(expected),
    );
  const upTo = (callsADay: number, binding: "rpm" | "rpd" | "tpm" | "tpd") =>
    ({ kind: "upTo", callsADay, binding }) as const;

  check("2,000 tokens on the free plan", [1500, 500], free, upTo(100, "tpd"));
  check("8,000 tokens on the free plan", [6000, 2000], free, upTo(25, "tpd"));
  check("8,001 tokens never are", [6001, 2000], free, { kind: "never", by: "tpm", limit: 8000 });
  check("100 tokens: the day's requests", [80, 20], free, upTo(1000, "rpd"));
  check("a minute's tokens all day", [6000, 2000], { tpm: 16_000 }, upTo(2880, "tpm"));
  check("a minute's requests all day", [1, 1], { rpm: 30 }, upTo(43_200, "rpm"));
  check("the whole of a limit still fits", [9000, 1000], { tpd: 10_000 }, upTo(1, "tpd"));
  check("no limit is known", [1500, 500], {}, { kind: "unknown" });
  check(
    "an answer that the model does not give",
    [1, 65_537],
    {},
    {
      kind: "never",
      by: "maxOutput",
      limit: 65_536,
    },
  );
  check(
    "more than the context",
    [131_072, 1],
    {},
    { kind: "never", by: "context", limit: 131_072 },
  );

  it("what goes in batches does not count", () =>
    expect(liveCallsADay(work({ callsADay: 90, batchPercent: 50 }))).toBe(45));
});

describe("side by side", () => {
  const rows = [unknownModel("some/model", "test"), row(big), row(small)];
  const projections = projectModels(
    work({ inputTokens: 1000 }),
    rows.map((model) => ({ model, limits: model.free ?? {} })),
  );

  it("the cheapest comes first, and what has no price last", () =>
    expect(projections.map(({ model }) => model.id)).toEqual([small, big, "some/model"]));

  it("no price is not a price of nothing", () =>
    expect(projections.at(-1)?.monthlyCost).toBeUndefined());
});

describe("for all workloads", () => {
  const field = (name: WorkloadField) =>
    fc.integer({ min: workloadBounds[name].least, max: workloadBounds[name].most });
  const workloads = fc.record({
    callsADay: field("callsADay"),
    daysAMonth: field("daysAMonth"),
    inputTokens: field("inputTokens"),
    outputTokens: field("outputTokens"),
    cachedPercent: field("cachedPercent"),
    batchPercent: field("batchPercent"),
  });

  it("the cost is between half and all of the list price, and no less of a discount costs less", () =>
    fc.assert(
      fc.property(workloads, (given) => {
        expect(wrongFields(given)).toEqual([]);
        const { price } = row(big);
        if (price === undefined) throw new Error("no price");
        const cost = monthlyCost(given, price);
        const full = monthlyCost({ ...given, cachedPercent: 0, batchPercent: 0 }, price);
        expect(cost <= full && cost * 2n >= full - 4n).toBe(true);
        const withMore = { ...given, batchPercent: Math.min(100, given.batchPercent + 1) };
        expect(monthlyCost(withMore, price) <= cost + 4n).toBe(true);
      }),
    ));

  it("what is admitted stays within each limit, and one call more does not", () =>
    fc.assert(
      fc.property(workloads, fc.integer({ min: 1, max: 10 ** 9 }), (given, limit) => {
        const tokens = given.inputTokens + given.outputTokens;
        const admitted = admittedCalls(given, {}, { tpd: limit });
        if (admitted.kind !== "upTo") expect(tokens > limit).toBe(true);
        else {
          expect(admitted.callsADay * tokens <= limit).toBe(true);
          expect((admitted.callsADay + 1) * tokens > limit).toBe(true);
        }
      }),
    ));
});
