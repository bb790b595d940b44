import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenPrice } from "../../../src/core/budget/price";
import { hourLimits, hourShares } from "../../../src/core/report/limitUse";
import { atOtherPrices, changeInPercent, savedByCache } from "../../../src/core/report/otherPrices";
import { scaleFor } from "../../../src/core/report/scale";
import { percentilesOf, speedSteps } from "../../../src/core/report/speedSteps";

const usage = {
  promptTokens: 10_000_000,
  cachedTokens: 4_000_000,
  completionTokens: 2_000_000,
  reasoningTokens: 0,
};
const dear = tokenPrice({ input: "0.15", cached: "0.075", output: "0.60" });
const cheap = tokenPrice({ input: "0.075", output: "0.30" });
if (dear === undefined || cheap === undefined) throw new Error("these are prices");

describe("the same work at other prices", () => {
  it("is priced with the cache, the cheapest first, and what has no price is not nothing", () => {
    const models = [{ id: "unknown" }, { id: "dear", price: dear }, { id: "cheap", price: cheap }];
    expect(atOtherPrices(usage, models)).toEqual([
      { model: "cheap", cost: 1_350_000_000_000n },
      { model: "dear", cost: 2_400_000_000_000n },
      { model: "unknown", cost: undefined },
    ]);
  });

  it("savings are the cached tokens' difference in price", () => {
    expect(savedByCache({ usage }, dear)).toBe(300_000_000_000n);
    expect(savedByCache({ usage }, cheap)).toBe(0n);
    expect(savedByCache({ usage }, undefined)).toBeUndefined();
  });

  it.each([
    [110n, 100n, 10],
    [50n, 100n, -50],
    [0n, 100n, -100],
    [5n, 0n, undefined],
    [10n ** 30n, 10n ** 30n, 0],
  ])("from %s after %s the trend is %s", (now, before, expected) =>
    expect(changeInPercent(now, before)).toBe(expected),
  );
});

describe("a scale", () => {
  it("reaches over every value by round lines, and not far", () => {
    const values = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(values, (largest) => {
        const { top, lines } = scaleFor(largest);
        expect(top).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
        expect(top).toBeLessThanOrEqual(largest * 2.5);
        expect(lines.length).toBeLessThanOrEqual(5);
        expect(lines[0]).toBe(0);
        expect(lines.at(-1)).toBeCloseTo(top, 12);
      }),
    );
  });

  it("of counts has no line between two of them", () => {
    expect(scaleFor(1, 1)).toEqual({ top: 1, lines: [0, 1] });
    expect(scaleFor(3, 1).lines).toEqual([0, 1, 2, 3]);
  });

  it.each([0, Number.NaN, Number.POSITIVE_INFINITY, -1])("has a top for %d", (value) =>
    expect(scaleFor(value).top).toBe(1),
  );
});

describe("percentiles of a histogram", () => {
  const stepOf = (value: number) => {
    const step = speedSteps.find(({ below }) => value < below);
    if (step === undefined) throw new Error("within the scale");
    return Math.floor(value / step.width) * step.width;
  };

  it("are within a twentieth of those of the values", () => {
    const values = fc.array(fc.double({ min: 10, max: 900_000, noNaN: true }), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(values, (all) => {
        const sorted = all.toSorted((one, other) => one - other);
        const found = percentilesOf(all.map((value) => ({ step: stepOf(value), calls: 1 })));
        for (const [name, share] of [
          ["p10", 0.1],
          ["p50", 0.5],
          ["p90", 0.9],
          ["p99", 0.99],
        ] as const) {
          const exact = sorted[Math.ceil(all.length * share) - 1] ?? 0;
          expect(Math.abs((found?.[name] ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.0501);
        }
        expect(found?.calls).toBe(all.length);
      }),
    );
  });

  it("of nothing are none", () => expect(percentilesOf([])).toBeUndefined());
});

describe("limit use by hour", () => {
  const hours = [
    { hour: 9, model: "m", mostTokens: 120_000, mostRequests: 90 },
    { hour: 9, model: "other", mostTokens: 5, mostRequests: 5 },
  ];

  it("takes the minute's limits or the day's, whichever admit less in an hour", () => {
    expect(hourLimits({ rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 })).toEqual({
      tokens: 200_000,
      requests: 1000,
    });
    expect(hourLimits({ rpm: 1000, tpm: 250_000 })).toEqual({
      tokens: 15_000_000,
      requests: 60_000,
    });
    expect(hourLimits({})).toEqual({});
    expect(hourLimits({ tpm: 0 })).toEqual({});
  });

  it("has all 24 hours of one model", () => {
    const shares = hourShares(hours, "m", { tokens: 200_000, requests: 1000 });
    expect(shares).toHaveLength(24);
    expect(shares[9]).toEqual({
      hour: 9,
      tokens: 120_000,
      requests: 90,
      tokenShare: 60,
      requestShare: 9,
    });
    expect(shares[10]).toEqual({
      hour: 10,
      tokens: 0,
      requests: 0,
      tokenShare: 0,
      requestShare: 0,
    });
    expect(hourShares(hours, "m", {})[9]).toEqual({ hour: 9, tokens: 120_000, requests: 90 });
  });
});
