import { parseArgs } from "node:util";
import { runMain } from "../../../scripts/system/main.mjs";
import { Failure } from "../../../scripts/system/failure.mjs";
import { launchEditor } from "./launchEditor.ts";

const TESTS_TIMEOUT_MILLISECONDS = 10 * 60_000;

// Takes the command line of a desktop VS Code and runs the embedded editor, so that `runTests()` of
// @vscode/test-electron runs one suite on both.
await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: {
      extensionDevelopmentPath: { type: "string" },
      extensionTestsPath: { type: "string" },
    },
    strict: false,
    allowPositionals: true,
  });
  const editor = await launchEditor({
    ...(positionals[0] === undefined ? {} : { workspace: positionals[0] }),
    bare: true,
    extensionPath: String(values.extensionDevelopmentPath),
    testsPath: String(values.extensionTestsPath),
  });
  return Promise.race([editor.testsEnded, patience()]);
});

function patience(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(
      () => reject(new Failure("The tests in the editor did not end within ten minutes.")),
      TESTS_TIMEOUT_MILLISECONDS,
    ).unref();
  });
}
