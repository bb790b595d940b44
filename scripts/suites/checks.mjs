import { tablesFit } from "../docs/generatedTables.mjs";
import { oneOutcome, runStep } from "./outcome.mjs";
import { runTool } from "./tool.mjs";
import { runVitest } from "./vitest.mjs";

/** @import { Outcome } from "./outcome.mjs" */

const TOOLS = [
  { title: "Format (oxfmt)", package: "oxfmt", arguments: ["--check", "."] },
  { title: "Lint (oxlint)", package: "oxlint", arguments: [] },
  { title: "Types (tsc)", package: "typescript", command: "tsc", arguments: ["-b"] },
  { title: "Dead code (knip)", package: "knip", arguments: [] },
];

/**
 * Format, lint, types, dead code, unit tests: all of them, also when one fails.
 * @param {string} node new enough for the tools
 * @returns {Promise<Outcome[]>}
 */
export async function runChecks(node) {
  const outcomes = [];
  for (const { title, ...tool } of TOOLS) {
    const isRight = async () => (await runTool({ node, ...tool })) === 0;
    outcomes.push(await runStep(title, async () => oneOutcome(await isRight())));
  }
  outcomes.push(await runStep("Generated tables (npm run docs)", checkTables));
  outcomes.push(await runStep("Unit tests (vitest)", () => runVitest(node)));
  return outcomes;
}

async function checkTables() {
  return oneOutcome(await tablesFit());
}
