import { disturbedScenarios, quietScenarios } from "./scenarios";
import type { NamedScenario } from "./scenarios";
import { simulateGate } from "./gate";
import { simulateOptimum } from "./simulation";

const leastShare = 98;

/**
 * Prints, for days on a virtual clock, how much of the best schedule's tokens the gate gets through, how often it
 * is refused all the same, and by how many background requests an interactive one is overtaken in line. The best schedule knows the buckets and all lengths, takes requests in
 * the same order and makes the same reservations.
 */
export async function run(): Promise<void> {
  let missed = 0;
  for (const scenario of [...quietScenarios(), ...disturbedScenarios()])
    if (!(await show(scenario))) missed++;
  console.log(missed === 0 ? "all goals are met" : `${missed} scenarios miss a goal`);
}

async function show(scenario: NamedScenario): Promise<boolean> {
  const figures = await simulateGate(scenario);
  const optimum = simulateOptimum(scenario);
  const share = (100 * figures.tokens) / optimum.tokens;
  const most = Math.max(0, ...Object.values(figures.refusals));
  const { overtakings } = figures;
  const isMet = share >= leastShare && most <= scenario.allowedRefusals && overtakings <= 1;
  console.log(
    [
      scenario.name.padEnd(72),
      `${share.toFixed(2)} % (>= ${leastShare})`.padEnd(18),
      `refused ${most} (<= ${scenario.allowedRefusals})`.padEnd(20),
      `overtaken ${overtakings} (<= 1)`.padEnd(18),
      isMet ? "met" : "MISSED",
    ].join("  "),
  );
  return isMet;
}
