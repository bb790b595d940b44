import { bundleExtension, watchExtension } from "./bundle/extension.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { withProgress } from "./provision/progress.mjs";
import { inRoot } from "./system/layout.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { runMain } from "./system/main.mjs";

// npm run build [-- --watch]
await runMain(async () => {
  const { values } = readCommandLine("npm run build [-- --watch]", { watch: { type: "boolean" } });
  await provideDependencies();
  if (values.watch) return watchExtension();
  await withProgress("Building the extension", () => bundleExtension(), { folder: inRoot("dist") });
});
