import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "../system/layout.mjs";
import { manifestTables } from "./manifestTables.mjs";

const README = inRoot("README.md");

/** Whether the README holds the tables that the manifest makes. */
export function readmeFits() {
  const text = readFileSync(README, "utf8");
  return withTables(text) === text;
}

/** Writes the tables into the README, between their marks. */
export function writeReadmeTables() {
  writeFileSync(README, withTables(readFileSync(README, "utf8")));
}

/** @param {string} readme */
function withTables(readme) {
  let text = readme;
  for (const [name, table] of Object.entries(manifestTables())) {
    const block = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[^]*?(<!-- /${name} -->)`);
    text = text.replace(block, (_, start, end) => `${start}\n${table}\n\n${end}`);
  }
  return text;
}
