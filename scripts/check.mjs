import { provideDependencies } from "./provision/dependencies.mjs";
import { provideToolsNode } from "./provision/node.mjs";
import { runChecks } from "./suites/checks.mjs";
import { closeWith } from "./suites/outcome.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { runMain } from "./system/main.mjs";

await runMain(async () => {
  readCommandLine("npm run check", {});
  await provideDependencies();
  return closeWith(await runChecks(await provideToolsNode()));
});
