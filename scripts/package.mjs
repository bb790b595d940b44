import { packVsix } from "./bundle/vsix.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { provideToolsNode } from "./provision/node.mjs";
import { formatSize } from "./provision/progress.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { runMain } from "./system/main.mjs";

await runMain(async () => {
  readCommandLine("npm run package", {});
  await provideDependencies();
  const { file, size, entries } = await packVsix(await provideToolsNode());
  for (const entry of entries) console.log(`${formatSize(entry.size).padStart(9)}  ${entry.name}`);
  console.log(`${file}: ${formatSize(size)}, ${entries.length} files`);
});
