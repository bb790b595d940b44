import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { createRandom, type DamagedEdit, makeDamagedEdit } from "./damagedEdit";

export type Verdict = "right" | "refused" | "wrong";

/** Prints how many of many damaged edits of real files go right, are refused or go wrong (must be none). */
export function run(): void {
  const count = Number(process.env["EDIT_CASES"] ?? 20_000);
  const first = Number(process.env["EDIT_SEED"] ?? 1);
  const sources = realSources(200);
  const totals = new Map<string, Record<Verdict, number>>();
  for (let seed = first; seed < first + count; seed++) {
    const made = damagedEditFor(sources, seed);
    const verdict = judge(made);
    if (verdict === "wrong")
      console.log(`wrong: seed ${seed} (${made.format}; ${made.damages.join(", ")})`);
    for (const name of [
      "all",
      made.format,
      ...(made.damages.length > 0 ? made.damages : ["undamaged"]),
    ]) {
      const row = totals.get(name) ?? { right: 0, refused: 0, wrong: 0 };
      row[verdict]++;
      totals.set(name, row);
    }
  }
  console.log(`damaged edits, seeds ${first} to ${first + count - 1}`);
  console.table(Object.fromEntries(totals));
}

/** The damaged edit of a seed, made from one of the sources. */
export function damagedEditFor(sources: readonly string[], seed: number): DamagedEdit {
  const random = createRandom(seed);
  return makeDamagedEdit(sources[random.below(sources.length)] ?? "", random);
}

export function judge({ path, text, expected, answer }: DamagedEdit): Verdict {
  const { edits, problems } = parseEdits(answer, { knownPaths: [path] });
  const applied = applyEdits(edits, new Map([[path, text]]));
  if (problems.length > 0 || applied.problems.length > 0)
    return applied.documents.size === 0 ? "refused" : "wrong";
  return applied.documents.get(path) === expected ? "right" : "wrong";
}

/** Texts of code files under `node_modules`, the same ones every time. */
export function realSources(count: number): string[] {
  const sources: string[] = [];
  const folders = ["node_modules"];
  for (
    let folder = folders.shift();
    folder !== undefined && sources.length < count;
    folder = folders.shift()
  ) {
    for (const name of readdirSync(folder).toSorted()) {
      const path = join(folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true && !name.startsWith(".")) folders.push(path);
      else if (
        stats?.isFile() === true &&
        isCode(name) &&
        stats.size > 4_000 &&
        stats.size < 200_000
      ) {
        sources.push(readFileSync(path, "utf8"));
      }
    }
  }
  return sources.slice(0, count);
}

function isCode(name: string): boolean {
  return [".js", ".ts", ".mjs", ".md", ".css", ".json"].some((extension) =>
    name.endsWith(extension),
  );
}
