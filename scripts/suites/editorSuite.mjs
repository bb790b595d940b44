import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { bundleEditorSuite } from "../bundle/editorSuite.mjs";
import { copySampleWorkspace } from "../editor/workspace.mjs";
import { onLeave, removeFolder } from "../system/cleanup.mjs";
import { Failure, messageOf } from "../system/failure.mjs";
import { inCache, inRoot, rootFolder } from "../system/layout.mjs";
import { testFailure } from "./outcome.mjs";

/** @import { Outcome } from "./outcome.mjs" */

/**
 * What the suite inside the editor hands over, as JSON in a file.
 * @typedef {object} SuiteReport
 * @property {TestReport[]} tests
 */

/**
 * @typedef {object} TestReport
 * @property {string} title
 * @property {"passed" | "failed" | "skipped"} state
 * @property {string} [problem] of a failed test: the error with its stack
 */

/**
 * Runs the suite inside the editor.
 * @param {string} editor the executable of a desktop VS Code, or what passes for one
 * @returns {Promise<Outcome>}
 * @throws {Failure} when the editor ended without a report
 */
export async function runEditorSuite(editor) {
  const { runTests } = await import("@vscode/test-electron");
  const { workspace, temporary } = copySampleWorkspace();
  const remove = onLeave(() => removeFolder(temporary));
  const reportFile = path.join(temporary, "report.json");
  let output = "";
  const collected = new Writable({
    write(chunk, _encoding, done) {
      output += String(chunk);
      done();
    },
  });
  await runTests({
    vscodeExecutablePath: editor,
    extensionDevelopmentPath: rootFolder,
    extensionTestsPath: await bundleEditorSuite(),
    extensionTestsEnv: { GROQ_CODER_SUITE_REPORT: reportFile },
    launchArgs: [workspace],
    stdout: collected,
    stderr: collected,
    // A failed test ends it with an error too; the report says more.
  }).catch(() => {});
  const report = readReport(reportFile, output);
  await remove();
  return tell(report);
}

/**
 * @param {string} file
 * @param {string} output of the editor
 * @returns {SuiteReport}
 */
function readReport(file, output) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    console.error(output);
    throw new Failure("The editor ended before its tests did; its output stands above.");
  }
}

/**
 * @param {SuiteReport} report
 * @returns {Outcome}
 */
function tell({ tests }) {
  const failures = [];
  for (const { title, state, problem = "" } of tests) {
    console.log(`  ${state}  ${title}`);
    if (state !== "failed") continue;
    console.log(problem.replaceAll(/^/gm, "    "));
    failures.push(testFailure(title, problem));
  }
  const count = (/** @type {string} */ wanted) =>
    tests.filter(({ state }) => state === wanted).length;
  return { passed: count("passed"), skipped: count("skipped"), failures };
}

/**
 * Writes an executable that takes the command line of a desktop VS Code and runs the embedded editor.
 * @param {string} node which runs TypeScript as it is
 * @returns {string}
 */
export function embeddedEditorExecutable(node) {
  const program = inRoot("test", "editor", "harness", "embeddedEditor.ts");
  mkdirSync(inCache("bundles"), { recursive: true });
  if (process.platform === "win32") {
    const file = inCache("bundles", "embeddedEditor.cmd");
    writeFileSync(file, `@"${node}" "${program}" %*\r\n`);
    return file;
  }
  const file = inCache("bundles", "embeddedEditor");
  writeFileSync(file, `#!/bin/sh\nexec '${node}' '${program}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/**
 * @param {string} version such as "stable" or "1.106.0"
 * @returns {Promise<string>} the executable of a downloaded desktop VS Code
 * @throws {Failure} when it cannot be had
 */
export async function downloadDesktop(version) {
  const { downloadAndUnzipVSCode, SilentReporter } = await import("@vscode/test-electron");
  try {
    const reporter = new SilentReporter();
    return await downloadAndUnzipVSCode({ version, cachePath: inCache("desktop"), reporter });
  } catch (error) {
    throw new Failure(
      `The desktop VS Code ${version} could not be downloaded (${messageOf(error)}); check the network, or leave out --desktop.`,
    );
  }
}
