import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type Mocha from "mocha";
import type { SuiteReport, TestReport } from "../../../scripts/suites/editorSuite.mjs";

/** Where mocha lies: it loads the tests while they run, so it cannot be bundled with them. */
declare const MOCHA_FILE: string;

/** The editor calls this in its extension host; it rejects when a test fails. */
export async function run(): Promise<void> {
  const { default: MochaClass } = (await import(pathToFileURL(MOCHA_FILE).href)) as {
    default: typeof Mocha;
  };
  const mocha = new MochaClass({ ui: "tdd", timeout: 120_000, reporter: "min" });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith(".test.cjs")) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  const report = await runAndReport(mocha);
  const reportFile = process.env["GROQ_CODER_SUITE_REPORT"];
  if (reportFile) writeFileSync(reportFile, JSON.stringify(report));
  const failed = report.tests.filter((test) => test.state === "failed").length;
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

function runAndReport(mocha: Mocha): Promise<SuiteReport> {
  const tests: TestReport[] = [];
  return new Promise((resolve) => {
    mocha
      .run(() => resolve({ tests }))
      .on("pass", (test) => tests.push({ title: test.fullTitle(), state: "passed" }))
      .on("pending", (test) => tests.push({ title: test.fullTitle(), state: "skipped" }))
      .on("fail", (test, error: Error) =>
        tests.push({
          title: test.fullTitle(),
          state: "failed",
          problem: error.stack ?? error.message,
        }),
      );
  });
}
