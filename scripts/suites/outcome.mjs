/**
 * What a step of `npm run check` or `npm test` came to. A tool that is right or wrong as a whole counts as one.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @param {boolean} isRight
 * @returns {Outcome}
 */
export function oneOutcome(isRight) {
  return { passed: isRight ? 1 : 0, failed: isRight ? 0 : 1, skipped: 0 };
}

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
function sumOutcomes(outcomes) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of outcomes) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * @param {Outcome} outcome
 * @returns {string} such as "12 passed, 0 failed"
 */
function describeOutcome({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Runs a step and prints its title, its time and what it came to; one that throws has failed.
 * @param {string} title
 * @param {() => Promise<Outcome>} work
 * @returns {Promise<Outcome>}
 */
export async function runStep(title, work) {
  console.log(`\n== ${title}`);
  const started = performance.now();
  const outcome = await work().catch((error) => {
    console.error(error instanceof Error ? error.message : String(error));
    return oneOutcome(false);
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`-- ${title}: ${outcome.failed > 0 ? "FAILED" : "ok"}, ${seconds} s`);
  return outcome;
}

/**
 * Prints the closing line, which tools read: alone on its line, over all steps.
 * @param {readonly Outcome[]} outcomes
 * @returns {number} the exit code
 */
export function closeWith(outcomes) {
  const sum = sumOutcomes(outcomes);
  console.log(`\n${describeOutcome(sum)}`);
  return sum.failed > 0 ? 1 : 0;
}
