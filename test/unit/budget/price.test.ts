import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDollars, parseDollars } from "../../../src/core/budget/money";
import { costOf, formatPrice, tokenPrice } from "../../../src/core/budget/price";
import type { TokenPrice, Usage } from "../../../src/core/budget/price";
import { catalogue, findModel } from "../../../src/core/models/catalogue";

function priceOf(id: string): TokenPrice {
  const price = findModel(id)?.price;
  if (price === undefined) throw new Error(`no price for ${id}`);
  return price;
}

function usage(given: Partial<Usage>): Usage {
  return { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0, ...given };
}

const million = 1_000_000;

describe("costOf agrees with the published examples", () => {
  const check = (model: string, used: Partial<Usage>, expected: string) =>
    it(`${model}: ${JSON.stringify(used)} -> ${expected}`, () =>
      expect(formatDollars(costOf(usage(used), priceOf(model)))).toBe(expected));
  const large = { promptTokens: 100 * million, completionTokens: 20 * million };

  check(
    "openai/gpt-oss-20b",
    { promptTokens: 10 * million, completionTokens: 2 * million },
    "$1.35",
  );
  check("openai/gpt-oss-120b", large, "$27.00");
  check("openai/gpt-oss-120b", { ...large, cachedTokens: 50 * million }, "$23.25");
  check("openai/gpt-oss-120b", { ...large, cachedTokens: 100 * million }, "$19.50");
});

describe("costOf counts each token once", () => {
  const check = (name: string, used: Partial<Usage>, expected: bigint) =>
    it(name, () => expect(costOf(usage(used), priceOf("openai/gpt-oss-120b"))).toBe(expected));

  check("nothing used", {}, 0n);
  check("one token in", { promptTokens: 1 }, 150_000n);
  check("one cached token", { promptTokens: 1, cachedTokens: 1 }, 75_000n);
  check("one token out", { completionTokens: 1 }, 600_000n);
  check(
    "reasoning is part of the output",
    { completionTokens: 10, reasoningTokens: 9 },
    6_000_000n,
  );
  check(
    "more cached than sent counts as all cached",
    { promptTokens: 1, cachedTokens: 5 },
    75_000n,
  );
  check("past 2^53", { promptTokens: Number.MAX_SAFE_INTEGER }, 1_351_079_888_211_148_650_000n);

  it("rounds half up on each item", () => {
    const odd = { input: 500_000n, cachedInput: 499_999n, output: 1_500_000n };
    const one = { promptTokens: 2, cachedTokens: 1, completionTokens: 1 };
    expect(costOf(usage(one), odd)).toBe(1n + 0n + 2n);
  });

  it("is never dearer with a cache hit, for any model of the catalogue", () => {
    const tokens = fc.nat({ max: 10 * million });
    for (const { price } of catalogue) {
      if (price === undefined) continue;
      fc.assert(
        fc.property(tokens, tokens, tokens, (promptTokens, cachedTokens, completionTokens) => {
          const plain = usage({ promptTokens, completionTokens });
          expect(costOf({ ...plain, cachedTokens }, price) <= costOf(plain, price)).toBe(true);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe("formatPrice is exact", () => {
  it.each([
    ["0.15", "$0.15"],
    ["0.0375", "$0.0375"],
    ["0.075", "$0.075"],
    ["22", "$22.00"],
    ["0.60", "$0.60"],
    ["0", "$0.00"],
    ["0.000000000001", "$0.000000000001"],
    ["123.456", "$123.456"],
  ])("%s", (dollars, words) => expect(formatPrice(parseDollars(dollars) ?? -1n)).toBe(words));
});

describe("tokenPrice takes decimal dollars", () => {
  it("without a published discount a cached token costs like any other", () => {
    expect(tokenPrice({ input: "0.80", output: "4.00" })).toEqual({
      input: 800_000_000_000n,
      cachedInput: 800_000_000_000n,
      output: 4_000_000_000_000n,
    });
  });

  const refuses = (given: { input: string; cached?: string; output: string }) =>
    it(`refuses ${JSON.stringify(given)}`, () => expect(tokenPrice(given)).toBeUndefined());
  refuses({ input: "free", output: "1" });
  refuses({ input: "1", output: "-1" });
  refuses({ input: "1", cached: "half", output: "1" });
});
