import { readFileSync } from "node:fs";
import path from "node:path";
import { makeTemporaryFolder, onLeave, removeFolder } from "../system/cleanup.mjs";
import { oneOutcome } from "./outcome.mjs";
import { runTool } from "./tool.mjs";

/** @import { Outcome } from "./outcome.mjs" */

/**
 * Runs the tests of a vitest configuration.
 * @param {string} node new enough for vitest
 * @param {readonly string[]} [vitestArguments]
 * @returns {Promise<Outcome>}
 */
export async function runVitest(node, vitestArguments = []) {
  const folder = makeTemporaryFolder("vitest");
  const remove = onLeave(() => removeFolder(folder));
  const report = path.join(folder, "report.json");
  const code = await runTool({
    node,
    package: "vitest",
    arguments: [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
      ...vitestArguments,
    ],
  });
  const outcome = readReport(report);
  await remove();
  // A file that cannot be loaded fails the run without a failed test.
  return outcome.failed === 0 && code !== 0 ? { ...outcome, failed: 1 } : outcome;
}

/**
 * @param {string} file
 * @returns {Outcome}
 */
function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return oneOutcome(false);
  }
}
