import { writeTables } from "./docs/generatedTables.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { runMain } from "./system/main.mjs";

// npm run docs: writes the generated tables into README.md and docs/limitations.md; npm run check compares them
await runMain(async () => {
  await provideDependencies();
  await writeTables();
});
