import { readFileSync, writeFileSync } from "node:fs";
import { manifestTables } from "./docs/manifestTables.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { Failure } from "./system/failure.mjs";
import { inRoot } from "./system/layout.mjs";
import { runMain } from "./system/main.mjs";

// npm run docs [-- --check]: writes the generated tables into README.md, or only compares them
await runMain(async () => {
  const { values } = readCommandLine("npm run docs [-- --check]", { check: { type: "boolean" } });
  const file = inRoot("README.md");
  const before = readFileSync(file, "utf8");
  let after = before;
  for (const [name, table] of Object.entries(manifestTables())) {
    const block = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[^]*?(<!-- /${name} -->)`);
    after = after.replace(block, (_, start, end) => `${start}\n${table}\n\n${end}`);
  }
  if (after === before) return;
  if (values.check) throw new Failure("README.md does not fit package.json: run npm run docs.");
  writeFileSync(file, after);
});
