import { writeTables } from "./docs/generatedTables.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { runMain } from "./system/main.mjs";

// npm run docs: writes the generated tables into README.md and docs/limitations.md; npm run check compares them
await runMain(async () => {
  readCommandLine("npm run docs", {});
  await provideDependencies();
  await writeTables();
});
