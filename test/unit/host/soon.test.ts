import { expect, it } from "vitest";
import { createSoon } from "../../../src/host/soon";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { FakeClock } from "../../fakes/fakeClock";

function bench() {
  const clock = new FakeClock();
  clock.sleepsPass = false;
  let acts = 0;
  const soon = createSoon(clock, () => acts++);
  const pass = async (ms: number) => {
    await letPromisesRun();
    clock.advance(ms);
    await letPromisesRun();
  };
  return { soon, pass, acts: () => acts };
}

it("acts once for several calls, a moment after the first", async () => {
  const { soon, pass, acts } = bench();
  soon.call();
  await pass(40);
  soon.call();
  expect(acts()).toBe(0);
  await pass(30);
  expect(acts()).toBe(1);
  soon.call();
  await pass(100);
  expect(acts()).toBe(2);
});

it("does not act any more once it is disposed of", async () => {
  const { soon, pass, acts } = bench();
  soon.call();
  soon.dispose();
  await pass(100);
  expect(acts()).toBe(0);
});
