import { describe, expect, it } from "vitest";
import { createClock } from "./clock";
import { formatGoDuration } from "./goDuration";

const never = new AbortController().signal;

describe("a stepped clock", () => {
  it("wakes sleepers in their order, each at its own time", async () => {
    const clock = createClock("stepped", 1_000);
    const woken: string[] = [];
    const sleeper = async (name: string, times: readonly number[]): Promise<void> => {
      for (const time of times) {
        await clock.sleepUntil(time, never);
        woken.push(`${name} ${clock.now()}`);
      }
    };
    const done = Promise.all([sleeper("a", [1_100, 1_300]), sleeper("b", [1_200, 1_400])]);
    await clock.advance(500);
    await done;
    expect(woken).toEqual(["a 1100", "b 1200", "a 1300", "b 1400"]);
    expect(clock.now()).toBe(1_500);
  });

  it("lets go of sleepers that are aborted", async () => {
    const clock = createClock("stepped");
    const controller = new AbortController();
    const sleeping = clock.sleepUntil(Infinity, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleeping).rejects.toThrow("enough");
  });
});

describe("a scaled clock", () => {
  it("runs as fast as it is told and can be moved", async () => {
    const clock = createClock({ factor: 10_000 }, 0);
    // Longer than a test may take.
    await clock.sleepUntil(100_000, never);
    expect(clock.now()).toBeGreaterThanOrEqual(100_000);
    await clock.advance(1e9);
    expect(clock.now()).toBeGreaterThan(1e9);
  });
});

describe("Go's durations", () => {
  it.each([
    [0, "0s"],
    [0.0005, "500ns"],
    [0.25, "250µs"],
    [120, "120ms"],
    [1_984.999999, "1.984999999s"],
    [6_000, "6s"],
    [7_660, "7.66s"],
    [179_560, "2m59.56s"],
    [578_016, "9m38.016s"],
    [3_600_000, "1h0m0s"],
    [86_399_000, "23h59m59s"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(formatGoDuration(milliseconds)).toBe(text);
  });
});
