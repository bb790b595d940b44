import { disturbedScenarios, quietScenarios } from "./scenarios";
import type { NamedScenario } from "./scenarios";
import { simulateLimiter, simulateOptimum } from "./simulation";

const leastShare = 98;

/**
 * Prints, for days on a virtual clock, how much of the best schedule's tokens the limiter gets through, and how
 * often it is refused all the same. The best schedule knows the buckets and all lengths, takes requests in
 * the same order and makes the same reservations.
 */
export function run(): Promise<void> {
  let missed = 0;
  for (const scenario of [...quietScenarios(), ...disturbedScenarios()])
    if (!show(scenario)) missed++;
  console.log(missed === 0 ? "all goals are met" : `${missed} scenarios miss a goal`);
  return Promise.resolve();
}

function show(scenario: NamedScenario): boolean {
  const figures = simulateLimiter(scenario);
  const optimum = simulateOptimum(scenario);
  const share = (100 * figures.tokens) / optimum.tokens;
  const most = Math.max(0, ...Object.values(figures.refusals));
  const isMet = share >= leastShare && most <= scenario.allowedRefusals;
  console.log(
    [
      scenario.name.padEnd(72),
      `${share.toFixed(2)} % (>= ${leastShare})`.padEnd(18),
      `refused ${most} (<= ${scenario.allowedRefusals})`.padEnd(20),
      isMet ? "met" : "MISSED",
    ].join("  "),
  );
  return isMet;
}
