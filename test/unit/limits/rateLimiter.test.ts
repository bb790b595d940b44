import { describe, expect, it } from "vitest";
import type { Admission } from "../../../src/core/limits/rateLimiter";
import { limiterWith, useUp } from "../../fakes/limiters";
import type { Need } from "../../../src/core/limits/limits";
import type { RateLimits } from "../../../src/core/models/model";

/** A request without output, which settles to what it reserved. */
const of = (tokens: number): Need => ({ tokens, outputCap: 0 });
const free: RateLimits = { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 };

describe("forecast", () => {
  const check = (
    name: string,
    limits: RateLimits,
    taken: readonly number[],
    tokens: number,
    expected: Admission,
  ) =>
    it(name, () => {
      const limiter = limiterWith(limits, 0);
      for (const each of taken) useUp(limiter, each, 0);
      expect(limiter.forecast(of(tokens), 0)).toEqual(expected);
    });

  check("an empty limiter admits", free, [], 8000, { kind: "now" });
  check("without known limits all is admitted", {}, [9_000_000], 9_000_000, { kind: "now" });
  check("more than a minute holds never fits", free, [], 8001, {
    kind: "never",
    dimension: "tpm",
    limit: 8000,
  });
  check("the minute's tokens refill", free, [8000], 4000, {
    kind: "wait",
    ms: 30_000,
    dimension: "tpm",
  });
  check("the minute's requests refill", { rpm: 30 }, Array(30).fill(1), 1, {
    kind: "wait",
    ms: 2000,
    dimension: "rpm",
  });
  check("the day's requests refill slowly", { rpm: 30, rpd: 2 }, [1, 1], 1, {
    kind: "wait",
    ms: 43_200_000,
    dimension: "rpd",
  });
  check("the longest wait is told", { tpm: 1000, tpd: 1000 }, [1000], 100, {
    kind: "wait",
    ms: 8_640_000,
    dimension: "tpd",
  });
  check("the day's tokens can be too few for good", { tpm: 8000, tpd: 5000 }, [], 6000, {
    kind: "never",
    dimension: "tpd",
    limit: 5000,
  });
});

it("minute tells what is free as time passes", () => {
  const limiter = limiterWith(free, 0);
  useUp(limiter, 8000, 0);
  expect(limiter.free(30_000).tpm).toEqual({ limit: 8000, free: 4000 });
  expect(limiter.free(60_000).tpm).toEqual({ limit: 8000, free: 8000 });
});
