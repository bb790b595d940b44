import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit } from "../../../src/core/edits/edit";
import { createEditParser } from "../../../src/core/edits/editParser";
import { hunksBetween } from "../../../src/core/edits/hunks";

const sizes = [1_000, 10_000, 100_000];
const rounds = 7;

/** Prints how long a 20-line edit takes in files of several sizes, and a streamed answer parsed at every chunk. */
export function run(): void {
  for (const [kind, makeLines] of Object.entries(files)) {
    for (const size of sizes) {
      const lines = makeLines(size);
      const text = lines.join("\n");
      for (const [name, edit] of Object.entries(editsFor(lines))) {
        const { ms, outcome } = timed(() => outcomeOf(edit, text));
        console.log(`${kind}, ${size} lines, ${name}: ${ms.toFixed(1)} ms (${outcome})`);
      }
      const changed = text.replace("value 500 ", "value 500, changed ");
      const { ms } = timed(() => String(hunksBetween(text, changed).length));
      console.log(`${kind}, ${size} lines, hunks of a result: ${ms.toFixed(1)} ms`);
    }
  }
  const { ms, outcome } = timed(parseAtEveryChunk);
  console.log(
    `a streamed answer of 4,000 tokens, parsed at every chunk: ${ms.toFixed(1)} ms (${outcome})`,
  );
}

const files: Record<string, (size: number) => string[]> = {
  distinct: (size) =>
    Array.from({ length: size }, (_, i) => `  const value${i} = compute(${i}, "row ${i}");`),
  "near-copies": (size) =>
    Array.from({ length: size }, (_, i) => {
      const block = Math.floor(i / 20);
      return i % 20 === 7
        ? `  step("unit number ${block}");`
        : `  doSomething(${i % 20}, "same in all");`;
    }),
  identical: (size) => Array.from({ length: size }, () => "  repeat();"),
};

/** Edits of 20 lines two thirds down the file: as it is, damaged, hardly there and not there. */
function editsFor(lines: readonly string[]): Record<string, Edit> {
  const start = Math.floor((lines.length * 2) / 3 / 20) * 20;
  const old = lines.slice(start, start + 20);
  const edit = (search: readonly string[]): Edit => ({
    kind: "replace",
    path: "file.ts",
    search: search.join("\n"),
    replacement: search.with(10, "  changed();").join("\n"),
  });
  return {
    exact: edit(old),
    "other indentation": edit(old.map((line) => `  ${line}`)),
    "two slips": edit(old.map((line, i) => (i === 3 || i === 15 ? line.replace("e", "q") : line))),
    "a wrong line": edit(old.map((line, i) => (i === 5 ? "something else entirely" : line))),
    "many slips": edit(old.map((line, i) => (i % 2 === 0 ? line.replace("o", "qu") : line))),
    absent: edit(old.map((_, i) => `there is no such line ${i} anywhere`)),
  };
}

function outcomeOf(edit: Edit, text: string): string {
  const { documents, problems } = applyEdits([edit], new Map([["file.ts", text]]));
  return documents.size > 0 ? "applied" : (problems[0]?.kind ?? "nothing");
}

function parseAtEveryChunk(): string {
  const hunk =
    "@@ function example() {\n   const before = 1;\n-  old(call);\n+  fresh(call);\n   after();\n";
  const hunks = hunk.repeat(Math.floor(16_000 / hunk.length));
  const answer = `*** Begin Patch\n*** Update File: a.ts\n${hunks}*** End Patch\n`;
  const parser = createEditParser();
  for (let i = 0; i < answer.length; i += 4) parser.push(answer.slice(i, i + 4));
  return `${parser.finish().edits.length} edit of ${answer.length} characters`;
}

/** The median of several rounds, after one to warm up. */
function timed(work: () => string): { ms: number; outcome: string } {
  const outcome = work();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0, outcome };
}
