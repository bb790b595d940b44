import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adopt, emptyBucket, take, usedAt, waitMs } from "../../../src/core/limits/bucket";

const minute = 60_000;
const day = 86_400_000;

describe("waitMs agrees with what Groq told its users to wait", () => {
  const check = (
    limit: number,
    used: number,
    requested: number,
    windowMs: number,
    seconds: number,
  ) =>
    it(`${used} of ${limit} in use, ${requested} asked for: ${seconds} s`, () => {
      const bucket = take(emptyBucket(limit, windowMs, 0), used, 0);
      expect(waitMs(bucket, requested, 0)).toBe(Math.ceil(seconds * 1000));
    });

  check(100_000, 97_050, 3619, day, 578.016);
  check(12_000, 2542, 9855, minute, 1.985);
  check(6000, 5914, 1822, minute, 17.36);
  check(30, 30, 1, minute, 2);
  check(7200, 6445, 1601, 3_600_000, 423);
  check(8000, 0, 8000, minute, 0);
  check(8000, 1, 8000, minute, 0.0075);
});

describe("waitMs", () => {
  it("says never for more than the whole limit", () => {
    expect(waitMs(emptyBucket(8000, minute, 0), 8001, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it("after the wait that it told, the amount fits within a millisecond", () => {
    const limits = fc.integer({ min: 1, max: 500_000 });
    fc.assert(
      fc.property(limits, fc.nat(), fc.nat(), (limit, used, wanted) => {
        const bucket = take(emptyBucket(limit, minute, 0), used % (2 * limit), 0);
        const amount = (wanted % limit) + 1;
        const ms = waitMs(bucket, amount, 0);
        expect(waitMs(bucket, amount, ms)).toBeLessThanOrEqual(1);
        if (ms > 1) expect(waitMs(bucket, amount, ms - 2)).toBeGreaterThan(0);
      }),
    );
  });
});

describe("a bucket drains with time", () => {
  const full = take(emptyBucket(6000, minute, 1000), 6000, 1000);
  const check = (nowMs: number, expected: number) =>
    it(`at ${nowMs} ms ${expected} are in use`, () => expect(usedAt(full, nowMs)).toBe(expected));

  check(1000, 6000);
  check(31_000, 3000);
  check(61_000, 0);
  check(1_000_000, 0);
  // The clock went back.
  check(500, 6000);

  it("a clock that goes back gives nothing away", () => {
    const later = take(full, 100, 500);
    expect(usedAt(later, 500)).toBe(6100);
    expect(waitMs(later, 1, 500)).toBeGreaterThan(0);
  });

  it("never lets more through in a window than limit and refill allow", () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 5000 }), fc.integer({ min: 1, max: 6000 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (requests) => {
        let bucket = emptyBucket(6000, minute, 0);
        let now = 0;
        let admitted = 0;
        for (const [passed, amount] of requests) {
          now += passed;
          if (waitMs(bucket, amount, now) > 0) continue;
          bucket = take(bucket, amount, now);
          admitted += amount;
        }
        expect(admitted).toBeLessThanOrEqual(6000 + now / 10 + 0.001);
      }),
    );
  });
});

describe("others who take all the time", () => {
  const full = take(emptyBucket(6000, minute, 0), 6000, 0);

  it("slow the draining down", () => {
    expect(usedAt(full, 30_000, 0.05)).toBe(4500);
    expect(waitMs(full, 1500, 0, 0.05)).toBe(30_000);
  });
});

it("adopt believes the server", () => {
  const adopted = adopt(emptyBucket(8000, minute, 0), 6000, 2500, 10);
  expect(adopted).toEqual({ limit: 6000, windowMs: minute, used: 2500, atMs: 10 });
  // More than the limit left is no credit.
  expect(adopt(adopted, 6000, -1, 20).used).toBe(0);
});
