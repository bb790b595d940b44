import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  exactDollars,
  formatDollars,
  multiplyDivide,
  parseDollars,
} from "../../../src/core/budget/money";

describe("parseDollars reads exact picodollars", () => {
  const check = (text: string, expected: bigint | undefined) =>
    it(JSON.stringify(text), () => expect(parseDollars(text)).toBe(expected));

  check("0", 0n);
  check("0.15", 150_000_000_000n);
  check("27", 27_000_000_000_000n);
  check(" 0.0375 ", 37_500_000_000n);
  check("0.000000000001", 1n);
  check("999999999999999.999999999999", 999_999_999_999_999_999_999_999_999n);
  check("0.0000000000001", undefined);
  check("-1", undefined);
  check("1e3", undefined);
  check("1,5", undefined);
  check(".5", undefined);
  check("5.", undefined);
  check("", undefined);
  check("NaN", undefined);
  check("0x10", undefined);
  check("1 2", undefined);
});

describe("formatDollars reads for people", () => {
  const check = (amount: bigint, expected: string) =>
    it(`${amount} -> ${expected}`, () => expect(formatDollars(amount)).toBe(expected));

  check(0n, "$0.00");
  check(1_350_000_000_000n, "$1.35");
  check(27_000_000_000_000n, "$27.00");
  check(23_250_000_000_000n, "$23.25");
  check(4_200_000_000n, "$0.0042");
  check(420_000_000n, "$0.00042");
  check(1n, "$0.000000000001");
  check(10_000_000_000n, "$0.01");
  // Rounded half up at the last place that is shown.
  check(12_499_999_999n, "$0.012");
  check(12_500_000_000n, "$0.013");
  check(10_499_999_999n, "$0.01");
  check(500_000_000_000n, "$0.50");
  check(999_499_999_999n, "$0.999");
  check(999_500_000_000n, "$1.00");
  check(1_005_000_000_000n, "$1.01");
  check(1_250_000_000n, "$0.0013");
  check(1_249_999_999n, "$0.0012");
  check(9_007_199_254_740_993_000_000_000_000n, "$9007199254740993.00");
  check(-4_200_000_000n, "-$0.0042");

  it("never shows an amount above zero as zero", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), (amount) => {
        expect(formatDollars(amount)).toMatch(/[1-9]/);
      }),
    );
  });

  it("stays within half of its last place", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (amount) => {
        const shown = formatDollars(amount).slice(1);
        const places = BigInt(shown.length - shown.indexOf(".") - 1);
        const distance = (parseDollars(shown) ?? -1n) - amount;
        const half = 10n ** (12n - places) / 2n;
        expect(distance <= half && distance >= -half).toBe(true);
      }),
    );
  });
});

describe("multiplyDivide rounds half up, once", () => {
  const check = (amount: bigint, numerator: bigint, denominator: bigint, expected: bigint) =>
    it(`${amount} * ${numerator} / ${denominator} -> ${expected}`, () =>
      expect(multiplyDivide(amount, numerator, denominator)).toBe(expected));

  check(1n, 1n, 2n, 1n);
  check(1n, 1n, 3n, 0n);
  check(2n, 1n, 3n, 1n);
  check(1n, 499_999n, 1_000_000n, 0n);
  check(1n, 500_000n, 1_000_000n, 1n);
  check(3n, 1n, 2n, 2n);
  check(0n, 7n, 9n, 0n);
  // A float would lose the last digits of this.
  check(150_000_000_000n, 9_007_199_254_740_993n, 1_000_000n, 1_351_079_888_211_148_950_000n);

  it("is never off by more than half", () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(amounts, amounts, fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, n, d) => {
        const doubledError = 2n * (multiplyDivide(a, n, d) * d - a * n);
        expect(doubledError <= d && doubledError > -d).toBe(true);
      }),
    );
  });
});

it("exact dollars read back as the same amount", () => {
  expect(exactDollars(-1n)).toBe("-0.000000000001");
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 62n }), (amount) => {
      expect(parseDollars(exactDollars(amount))).toBe(amount);
    }),
  );
});
