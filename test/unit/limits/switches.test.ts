import { describe, expect, it } from "vitest";
import { switchSettings } from "../../bench/gate/scenarios";
import { simulateGate } from "../../bench/gate/gate";
import { simulateOptimum } from "../../bench/gate/simulation";

const hour = 3_600_000;

describe("half as much again as the limits admit, alone: no refusal, little lost", () => {
  it.each(switchSettings())("$unusedOutput, $rateLimitHeaders, $cachedTokens", async (switches) => {
    const scenario = { load: 1.5, switches };
    for (const each of [
      {
        ...scenario,
        durationMs: hour,
        seed: 3,
        scale: 1,
        limits: { rpm: 30, rpd: 1000, tpm: 8000 },
      },
      // The large plan's hour has thousands of requests: a third of it shows as much.
      { ...scenario, durationMs: hour / 3, seed: 5, scale: 3, limits: { rpm: 1000, tpm: 250_000 } },
    ]) {
      const { tokens, refusals } = await simulateGate(each);
      expect(refusals).toEqual({});
      expect(tokens).toBeGreaterThan(0.98 * simulateOptimum(each).tokens);
    }
  });
});

it.each(["percentEncoded", "floatNoise", "approximateRequest", "namelessLimit"] as const)(
  "a limit that shrank is learnt from one refusal, worded %s",
  async (rateLimitWording) => {
    const { refusals } = await simulateGate({
      durationMs: 2 * hour,
      load: 1.5,
      seed: 3,
      scale: 1,
      limits: { rpm: 6, tpm: 80_000 },
      switches: { rateLimitWording },
      outside: [{ atMs: hour, kind: "limits", limits: { rpm: 3 } }],
    });
    expect(Object.values(refusals)).toEqual([1]);
  },
);
