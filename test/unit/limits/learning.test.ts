import { limiterWith } from "../../fakes/limiters";
import { describe, expect, it } from "vitest";
import type { Need } from "../../../src/core/limits/limits";
import type { RateLimiter } from "../../../src/core/limits/rateLimiter";

const need: Need = { tokens: 4000, outputCap: 3000 };
const used = { promptTokens: 1000, cachedTokens: 0, completionTokens: 500 };

/** Sends a request that shows `shown` tokens in use, and ends a second later; tells what is free then. */
function exchange(limiter: RateLimiter, atMs: number, shown: number): number | undefined {
  const ticket = limiter.admit(need, atMs);
  limiter.headers(ticket, { tpm: { limit: 8000, remaining: 8000 - shown } }, atMs);
  limiter.settle(ticket, used, atMs + 1000);
  return limiter.free(atMs + 1000).tpm?.free;
}

it("takes unused output for kept until answers have shown otherwise", () => {
  const limiter = limiterWith({ tpm: 8000 }, 0);
  // 133 drain in a second. To the token what the request takes: nobody took it before, the header is of after it.
  expect(exchange(limiter, 0, 4000)).toBe(4133);
  expect(exchange(limiter, 10_000, 4167)).toBeLessThan(5000);
  // 1500 were used in the end, and all the rest is free.
  expect(exchange(limiter, 40_000, 4000)).toBe(6633);
});

it("fears headers of before the admission as long as a number may have other reasons", () => {
  const limiter = limiterWith({ tpm: 8000 }, 0);
  expect(exchange(limiter, 0, 4600)).toBeLessThan(1000);
});

describe("a refusal", () => {
  it("took nothing, and its numbers hold at once", () => {
    const limiter = limiterWith({ rpm: 30, tpm: 8000 }, 0);
    const ticket = limiter.admit(need, 0);
    limiter.refused(ticket, { dimension: "rpm", limit: 10, used: 10, requested: 1 }, {}, 0);
    expect(limiter.free(0).tpm).toEqual({ limit: 8000, free: 8000 });
    expect(limiter.forecast(need, 0)).toMatchObject({ kind: "wait", dimension: "rpm", ms: 6000 });
  });

  it("in rounded numbers is waited for as long as it told", () => {
    const limiter = limiterWith({ rpm: 30, tpm: 8000 }, 0);
    const told = { dimension: "rpm", limit: 3, used: 2, requested: 1, waitMs: 1986 } as const;
    limiter.refused(limiter.admit(need, 0), told, {}, 0);
    expect(limiter.forecast(need, 0)).toEqual({ kind: "wait", dimension: "rpm", ms: 1986 });
  });

  it("without a name is recognised by its wait", () => {
    const limiter = limiterWith({ tpd: 500_000 }, 0);
    const ticket = limiter.admit(need, 0);
    const told = { limit: 500_000, used: 500_370, requested: 252, waitMs: 107_485.4 };
    limiter.refused(ticket, told, {}, 0);
    expect(limiter.forecast(need, 0)).toMatchObject({ kind: "wait", dimension: "tpd" });
  });

  it("without numbers lets nothing go until the time that it told", () => {
    const limiter = limiterWith({ tpm: 8000 }, 0);
    limiter.refused(limiter.admit(need, 0), { waitMs: 7_200_000 }, {}, 0);
    const wait = { kind: "wait", dimension: "unknown" };
    expect(limiter.forecast(need, 0)).toEqual({ ...wait, ms: 7_200_000 });
    expect(limiter.forecast(need, 7_199_999)).toEqual({ ...wait, ms: 1 });
    expect(limiter.forecast(need, 7_200_000)).toEqual({ kind: "now" });
  });

  it("without numbers took nothing either, and its headers hold at once", () => {
    const limiter = limiterWith({ rpm: 2, tpm: 8000 }, 0);
    const reported = { tpm: { limit: 8000, remaining: 7000 } };
    limiter.refused(limiter.admit(need, 0), { waitMs: 10 }, reported, 0);
    expect(limiter.free(0)).toMatchObject({ rpm: { free: 2 }, tpm: { free: 7000 } });
  });

  it("whose numbers do not explain its wait is waited for all the same", () => {
    const limiter = limiterWith({ tpm: 8000 }, 0);
    const told = { dimension: "tpm", limit: 8000, used: 10, requested: 20, waitMs: 5000 } as const;
    limiter.refused(limiter.admit(need, 0), told, {}, 0);
    expect(limiter.forecast(need, 0)).toEqual({ kind: "wait", dimension: "unknown", ms: 5000 });
    expect(limiter.forecast(need, 5000)).toEqual({ kind: "now" });
  });

  it("of what is larger than a whole limit moves the limit", () => {
    const limiter = limiterWith({ tpm: 8000 }, 0);
    const ticket = limiter.admit(need, 0);
    limiter.refused(ticket, { dimension: "tpm", limit: 3000, requested: 4000 }, {}, 0);
    expect(limiter.forecast(need, 0)).toEqual({ kind: "never", dimension: "tpm", limit: 3000 });
  });
});

it("what is free is what goes at once, also while others are reckoned with", () => {
  const limiter = limiterWith({ tpm: 8000 }, 0);
  const told = { dimension: "tpm", limit: 8000, used: 5000, requested: 3600 } as const;
  limiter.refused(limiter.admit({ tokens: 3600, outputCap: 0 }, 0), told, {}, 30_000);
  const free = limiter.free(30_000).tpm?.free ?? 0;
  expect(free).toBeGreaterThan(2000);
  expect(free).toBeLessThan(3000);
  expect(limiter.forecast({ tokens: free, outputCap: 0 }, 30_000)).toEqual({ kind: "now" });
  expect(limiter.forecast({ tokens: free + 1, outputCap: 0 }, 30_000).kind).toBe("wait");
});

describe("headers", () => {
  it("that were overtaken by newer ones are left out", () => {
    const limiter = limiterWith({ tpm: 8000 }, 0);
    const first = limiter.admit({ tokens: 1000, outputCap: 0 }, 0);
    const second = limiter.admit({ tokens: 1000, outputCap: 0 }, 0);
    limiter.headers(second, { tpm: { limit: 8000, remaining: 6000 } }, 0);
    const free = limiter.free(0).tpm?.free ?? 0;
    limiter.headers(first, { tpm: { limit: 8000, remaining: 7000 } }, 0);
    expect(limiter.free(0).tpm?.free).toBe(free);
  });

  it("make a limit known that was not", () => {
    const limiter = limiterWith({}, 0);
    expect(limiter.free(0).tpm).toBeUndefined();
    const ticket = limiter.admit(need, 0);
    limiter.headers(ticket, { tpm: { limit: 6000, remaining: 2000 } }, 0);
    expect(limiter.free(0).tpm?.limit).toBe(6000);
  });
});

it("a request on its way drains only when its headers have come", () => {
  const limiter = limiterWith({ tpm: 8000 }, 0);
  const ticket = limiter.admit(need, 0);
  expect(limiter.free(20_000).tpm?.free).toBe(4000);
  limiter.headers(ticket, {}, 20_000);
  expect(limiter.free(30_000).tpm?.free).toBe(5333);
});

it("one that never reached the service gives its room back", () => {
  const limiter = limiterWith({ tpm: 8000 }, 0);
  limiter.cancel(limiter.admit(need, 0));
  expect(limiter.free(0).tpm?.free).toBe(8000);
});
