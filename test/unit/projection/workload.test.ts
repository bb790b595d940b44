import { describe, expect, it } from "vitest";
import type { HourSpend, ModelUsage } from "../../../src/core/budget/usageQueries";
import { typicalWorkload, wrongFields } from "../../../src/core/projection/workload";

const spend = { cost: 0n, estimated: false, unpriced: 0 };

function used(calls: number, promptTokens: number, cachedTokens: number, completionTokens: number) {
  const usage = { promptTokens, cachedTokens, completionTokens, reasoningTokens: 0 };
  return { ...spend, calls, model: "some/model", provider: "groq", usage } satisfies ModelUsage;
}

function hour(day: string, at: number, calls: number): HourSpend {
  return { ...spend, calls, day, hour: at };
}

describe("the workload to begin with", () => {
  it("is the mean of the user's own calls, on the days with any", () => {
    const models = [used(3, 9000, 3000, 1200), used(1, 3001, 0, 800)];
    const hours = [hour("2026-11-01", 9, 2), hour("2026-11-01", 22, 5), hour("2026-11-20", 0, 1)];
    expect(typicalWorkload(models, hours)).toEqual({
      own: true,
      workload: {
        callsADay: 4,
        daysAMonth: 30,
        inputTokens: 3000,
        outputTokens: 500,
        cachedPercent: 25,
        batchPercent: 0,
      },
    });
  });

  it.each([
    ["without a call", []],
    ["with calls of which no usage is left", [used(7, 0, 0, 0)]],
  ])("is an assumed one %s, and a valid one", (_name, models) => {
    const { own, workload } = typicalWorkload(models, []);
    expect(own).toBe(false);
    expect(wrongFields(workload)).toEqual([]);
  });

  it("stays within the bounds whatever the ledger holds", () => {
    const { workload } = typicalWorkload([used(1, 1, 5, 0)], [hour("2026-11-01", 0, 0)]);
    expect(wrongFields(workload)).toEqual([]);
  });
});

describe("what is no workload", () => {
  const { workload } = typicalWorkload([], []);
  it.each([
    ["callsADay", 0],
    ["callsADay", 1_000_001],
    ["inputTokens", 1.5],
    ["outputTokens", Number.NaN],
    ["cachedPercent", 101],
    ["batchPercent", -1],
    ["daysAMonth", 32],
  ] as const)("%s %s", (field, value) =>
    expect(wrongFields({ ...workload, [field]: value })).toEqual([field]),
  );
});
