import { describe, expect, it } from "vitest";
import { createMonotonic, systemClock } from "../../../src/compose/systemClock";

describe("monotonic time", () => {
  function machine() {
    const clocks = { exact: 1000, rough: 1000 };
    const now = createMonotonic(
      () => clocks.exact,
      () => clocks.rough,
    );
    return { clocks, now };
  }

  it("is the exact clock's while the machine is awake, however rough the other one", () => {
    const { clocks, now } = machine();
    clocks.exact = 5432.1;
    clocks.rough = 5000;
    expect(now()).toBe(5432.1);
  });

  it("goes on over a sleep, which the exact clock has not seen", () => {
    const { clocks, now } = machine();
    now();
    clocks.exact += 100;
    clocks.rough += 3_600_100;
    expect(now()).toBe(1100 + 3_600_000);
  });

  it("never goes back", () => {
    const { clocks, now } = machine();
    clocks.rough += 60_000;
    const before = now();
    clocks.rough = clocks.exact;
    expect(now()).toBe(before);
  });

  it("goes on between two looks at the machine's", () => {
    const before = systemClock.monotonic();
    expect(before).toBeGreaterThan(0);
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
  });
});

it("a timer that is longer than Node can set does not fire at once", async () => {
  const abort = new AbortController();
  let ended = false;
  const sleeping = systemClock.sleep(10 ** 12, abort.signal).then(() => (ended = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  abort.abort();
  await sleeping;
});
