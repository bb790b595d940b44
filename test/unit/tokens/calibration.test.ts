import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeCalibration,
  learnOffset,
  learnRatio,
  uncalibrated,
  upperFactor,
  upperMargin,
} from "../../../src/core/tokens/calibration";
import type { Calibration } from "../../../src/core/tokens/calibration";

/** Learns from answers whose service counts as `count` says, for prompts of different lengths. */
function taught(answers: number, count: (counted: number, answer: number) => number): Calibration {
  let calibration = uncalibrated("ratio");
  for (let answer = 0; answer < answers; answer++) {
    const counted = 200 + ((answer * 733) % 3000);
    calibration = learnRatio(calibration, counted, count(counted, answer));
  }
  return calibration;
}

describe("before anything was learnt", () => {
  it("a ratio is 1, with a third on top", () => {
    expect(uncalibrated("ratio").mean).toBe(1);
    expect(upperFactor(uncalibrated("ratio"))).toBeCloseTo(1.3);
  });
  it("an offset is 0, with 32 tokens on top", () => {
    expect(uncalibrated("offset").mean).toBe(0);
    expect(upperMargin(uncalibrated("offset"))).toBe(32);
  });
});

describe("a ratio is learnt", () => {
  it.each([0.8, 1, 1.15, 1.4, 2, 2.9])("%s, from thirty answers", (ratio) => {
    const calibration = taught(30, (counted) => Math.round(counted * ratio));
    expect(calibration.mean / ratio).toBeGreaterThan(0.93);
    expect(calibration.mean / ratio).toBeLessThan(1.05);
    expect(calibration.mean * upperFactor(calibration)).toBeGreaterThan(ratio);
  });

  it("closer with each answer, and then with less on top", () => {
    const factors = [0, 5, 20, 80].map((answers) =>
      upperFactor(taught(answers, (counted) => Math.round(counted * 1.05))),
    );
    expect(factors).toEqual(factors.toSorted((a, b) => b - a));
    expect(factors.at(-1)).toBe(1.1);
  });

  it("with more on top where it differs from answer to answer", () => {
    const calibration = taught(60, (counted, answer) => counted * (answer % 2 === 0 ? 0.9 : 1.5));
    expect(calibration.mean * upperFactor(calibration)).toBeGreaterThan(1.5);
  });

  it("anew, when the vocabulary changes", () => {
    const calibration = taught(120, (counted, answer) => counted * (answer < 60 ? 1 : 1.5));
    expect(calibration.mean).toBeGreaterThan(1.4);
  });

  it("hardly from short prompts, of which the template may be most", () => {
    const once = learnRatio(uncalibrated("ratio"), 5, 13, 68);
    expect(once.mean).toBeLessThan(1.01);
    expect(learnRatio(uncalibrated("ratio"), 3000, 3900, 76).mean).toBeGreaterThan(1.05);
  });

  it("one answer that is far off moves it little", () => {
    const before = taught(30, (counted) => Math.round(counted * 1.1));
    const after = learnRatio(before, 1000, 1_000_000_000);
    expect(after.mean).toBeLessThan(before.mean + 0.02);
  });
});

describe("an offset is learnt", () => {
  it("from the answers of a template that is longer than published", () => {
    let calibration = uncalibrated("offset");
    for (let answer = 0; answer < 20; answer++) calibration = learnOffset(calibration, 500, 504);
    expect(Math.round(calibration.mean)).toBe(4);
    expect(upperMargin(calibration)).toBeLessThan(20);
    expect(upperMargin(calibration)).toBeGreaterThanOrEqual(8);
  });
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308),
);

describe("whatever a service reports", () => {
  it("a ratio stays between a half and three, its factor between 1.1 and 2", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNumber, anyNumber, fc.nat(100))), (answers) => {
        let calibration = uncalibrated("ratio");
        for (const [counted, reported, doubt] of answers)
          calibration = learnRatio(calibration, counted, reported, doubt);
        expect(calibration.mean).toBeGreaterThanOrEqual(0.5);
        expect(calibration.mean).toBeLessThanOrEqual(3);
        expect(upperFactor(calibration)).toBeGreaterThanOrEqual(1.1);
        expect(upperFactor(calibration)).toBeLessThanOrEqual(2);
        expect(decodeCalibration(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
      }),
    ));

  it("an offset stays between -32 and 128, its margin between 8 and 128", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNumber, anyNumber)), (answers) => {
        let calibration = uncalibrated("offset");
        for (const [expected, reported] of answers)
          calibration = learnOffset(calibration, expected, reported);
        expect(calibration.mean).toBeGreaterThanOrEqual(-32);
        expect(calibration.mean).toBeLessThanOrEqual(128);
        expect(upperMargin(calibration)).toBeGreaterThanOrEqual(8);
        expect(upperMargin(calibration)).toBeLessThanOrEqual(128);
        expect(decodeCalibration(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
      }),
    ));
});

describe("what is stored is read with care", () => {
  it.each([
    null,
    undefined,
    7,
    "ratio",
    [],
    {},
    { kind: "ratio", mean: 1, variance: 0.01 },
    { kind: "ratio", mean: 50, variance: 0.01, evidence: 4 },
    { kind: "ratio", mean: 1, variance: -1, evidence: 4 },
    { kind: "ratio", mean: 1, variance: 0.01, evidence: 1e9 },
    { kind: "ratio", mean: "1", variance: 0.01, evidence: 4 },
    { kind: "price", mean: 1, variance: 0.01, evidence: 4 },
  ])("%j is none", (stored) => expect(decodeCalibration(stored)).toBeUndefined());
});
