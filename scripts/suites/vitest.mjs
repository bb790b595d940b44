import { readFileSync } from "node:fs";
import path from "node:path";
import { makeTemporaryFolder, onLeave, removeFolder } from "../system/cleanup.mjs";
import { rootFolder } from "../system/layout.mjs";
import { oneOutcome, testFailure } from "./outcome.mjs";
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
  if (outcome.failures.length > 0 || code === 0) return outcome;
  return { ...outcome, failures: [`ended with exit code ${code}; its output stands above`] };
}

/**
 * The part of vitest's JSON report that is read here.
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {FileReport[]} testResults
 *
 * @typedef {object} FileReport
 * @property {string} name
 * @property {string} status
 * @property {string} message of a file that could not be run
 * @property {{ status: string, fullName: string, failureMessages: string[] }[]} assertionResults
 */

/**
 * @param {string} file
 * @returns {Outcome}
 */
function readReport(file) {
  try {
    /** @type {VitestReport} */
    const report = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: report.numPassedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults.flatMap(failuresOf),
    };
  } catch {
    return oneOutcome(false);
  }
}

/**
 * @param {FileReport} file
 * @returns {string[]} its failed tests; the file itself when it failed without one
 */
function failuresOf({ name, status, message, assertionResults }) {
  const failures = assertionResults
    .filter((test) => test.status === "failed")
    .map((test) => testFailure(test.fullName, test.failureMessages.join("\n")));
  const place = path.relative(rootFolder, name);
  if (failures.length === 0 && status === "failed") return [testFailure(place, message)];
  return failures.map((failure) => `${place}: ${failure}`);
}
