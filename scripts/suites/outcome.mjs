/**
 * What a step of `npm run check` or `npm test` came to. A tool that is right or wrong as a whole counts as one.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} skipped
 * @property {readonly string[]} failures what failed, each in the words that the close of the run repeats
 */

/** A stack says more above, where it failed; the close of the run names it. */
const FAILURE_LINES = 8;

/**
 * @param {boolean} isRight
 * @param {string} [failure] what to say when it is not
 * @returns {Outcome}
 */
export function oneOutcome(isRight, failure = "its output stands above") {
  return { passed: isRight ? 1 : 0, skipped: 0, failures: isRight ? [] : [failure] };
}

/**
 * @param {string} title of a test
 * @param {string} problem its error, with its stack
 * @returns {string} the failure for an outcome
 */
export function testFailure(title, problem) {
  return [title, ...problem.split("\n").slice(0, FAILURE_LINES)].join("\n    ");
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
  const outcome = await work().catch((error) =>
    oneOutcome(false, error instanceof Error ? error.message : String(error)),
  );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`-- ${title}: ${outcome.failures.length > 0 ? "FAILED" : "ok"}, ${seconds} s`);
  return { ...outcome, failures: outcome.failures.map((failure) => `${title}: ${failure}`) };
}

/**
 * Prints again what failed, for readers of only the end of the output; then the closing line, which tools read:
 * alone on its line, over all steps.
 * @param {readonly Outcome[]} outcomes
 * @returns {number} the exit code
 */
export function closeWith(outcomes) {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  for (const failure of failures) console.log(`\nFAILED  ${failure}`);
  const passed = sum(outcomes.map((outcome) => outcome.passed));
  const skipped = sum(outcomes.map((outcome) => outcome.skipped));
  const aside = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(`\n${passed} passed, ${failures.length} failed${aside}`);
  return failures.length > 0 ? 1 : 0;
}

/** @param {readonly number[]} counts */
function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}
