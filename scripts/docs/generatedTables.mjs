import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "../system/layout.mjs";
import { failureTables } from "./failureTables.mjs";
import { manifestTables } from "./manifestTables.mjs";
import { modelTables } from "./modelTables.mjs";
import { readSourceFacts } from "./sourceFacts.mjs";

const PAGES = ["README.md", "docs/limitations.md"];

/** Whether the pages hold the tables that manifest and source make. */
export async function tablesFit() {
  const pages = await freshPages();
  return pages.every(({ file, text }) => readFileSync(file, "utf8") === text);
}

/** Writes the tables into the pages, between their marks. */
export async function writeTables() {
  for (const { file, text } of await freshPages()) writeFileSync(file, text);
}

/** @returns {Promise<{ file: string, text: string }[]>} */
async function freshPages() {
  const facts = await readSourceFacts();
  const tables = { ...manifestTables(), ...modelTables(facts), ...failureTables(facts) };
  const unused = new Set(Object.keys(tables));
  const pages = PAGES.map((page) => {
    const file = inRoot(page);
    return { file, text: withTables(readFileSync(file, "utf8"), tables, unused) };
  });
  if (unused.size > 0) throw new Error(`no page has a place for ${[...unused].join(", ")}`);
  return pages;
}

/**
 * @param {string} page
 * @param {Record<string, string>} tables
 * @param {Set<string>} unused the tables that no page has shown yet
 */
function withTables(page, tables, unused) {
  return page.replace(
    /(<!-- (\w+): generated [^\n]*-->\n)[^]*?(<!-- \/\2 -->)/g,
    (_, start, name, end) => {
      const table = tables[name];
      if (table === undefined) throw new Error(`nothing generates the table ${name}`);
      unused.delete(name);
      return `${start}\n${table}\n\n${end}`;
    },
  );
}
