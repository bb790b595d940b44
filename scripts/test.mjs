import { bundleExtension } from "./bundle/extension.mjs";
import { provideBrowser } from "./provision/browser.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { provideToolsNode } from "./provision/node.mjs";
import { provisionEditor } from "./provision/provisionEditor.mjs";
import { runChecks } from "./suites/checks.mjs";
import {
  downloadDesktop,
  embeddedEditorExecutable,
  runEditorSuite,
} from "./suites/editorSuite.mjs";
import { closeWith, oneOutcome, runStep } from "./suites/outcome.mjs";
import { runVitest } from "./suites/vitest.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { Failure } from "./system/failure.mjs";
import { runMain } from "./system/main.mjs";

const USAGE = "npm test [-- [--desktop [--vscode VERSION]]]";

await runMain(async () => {
  const { values } = readCommandLine(USAGE, {
    desktop: { type: "boolean" },
    vscode: { type: "string" },
  });
  const { desktop, vscode } = values;
  if (vscode !== undefined && !desktop)
    throw new Failure(`--vscode goes with --desktop. Usage: ${USAGE}`);
  await provideDependencies();
  return closeWith(await (desktop ? testOnDesktop(vscode ?? "stable") : testEverything()));
});

async function testEverything() {
  const { node } = await provisionEditor();
  await provideBrowser();
  return [
    ...(await runChecks(await provideToolsNode())),
    await build(),
    await runStep("In the editor (mocha)", () => runEditorSuite(embeddedEditorExecutable(node))),
    await runStep("Journeys (vitest, Playwright)", () =>
      runVitest(node, ["--config=test/editor/vitest.config.ts"]),
    ),
  ];
}

/** @param {string} version */
async function testOnDesktop(version) {
  const editor = await downloadDesktop(version);
  return [await build(), await runStep(`In VS Code ${version}`, () => runEditorSuite(editor))];
}

/** As it is packed: what the editor is tested with is what users get. */
function build() {
  return runStep("Build (esbuild)", async () => {
    await bundleExtension({ forPackage: true });
    return oneOutcome(true);
  });
}
