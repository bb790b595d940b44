import { writeReadmeTables } from "./docs/readmeTables.mjs";
import { runMain } from "./system/main.mjs";

// npm run docs: writes the generated tables into README.md; npm run check compares them
await runMain(() => Promise.resolve(writeReadmeTables()));
