import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit } from "../../../src/core/edits/edit";
import { createEditParser } from "../../../src/core/edits/editParser";
import { hunksBetween, withHunks } from "../../../src/core/edits/hunks";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { createRandom, type Random } from "./damagedEdit";
import { damagedEditFor, realSources } from "./damagedEdits";

const slowMs = 250;

/** Breaks well-formed answers in random ways for some minutes; prints whatever throws, hangs or breaks a promise. */
export function run(): void {
  const minutes = Number(process.env["FUZZ_MINUTES"] ?? 0.2);
  let seed = Number(process.env["FUZZ_SEED"] ?? 1);
  const first = seed;
  const sources = realSources(200);
  const end = performance.now() + minutes * 60_000;
  let failures = 0;
  let slowest = { ms: 0, seed };
  let applied = 0;
  for (; performance.now() < end; seed++) {
    const start = performance.now();
    const failure = fuzzOnce(sources, seed);
    const ms = performance.now() - start;
    if (ms > slowest.ms) slowest = { ms, seed };
    if (failure === "applied") applied++;
    else if (failure !== "refused" || ms > slowMs) {
      failures++;
      console.log(`seed ${seed}: ${failure} in ${ms.toFixed(0)} ms`);
    }
  }
  const count = seed - first;
  console.log(
    `fuzz: ${count} answers from seed ${first}, ${applied} applied, ${failures} failures`,
  );
  console.log(`slowest: ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed})`);
}

/** Breaks one answer and checks all that must hold whatever the text. Returns what happened, or what failed. */
export function fuzzOnce(sources: readonly string[], seed: number): string {
  const { path, text, answer } = damagedEditFor(sources, seed);
  const random = createRandom(seed ^ 0x5bd1e995);
  const broken = breakText(answer, random);
  const file = random.chance(0.2) ? breakText(text, random) : text;
  const documents = new Map([
    [path, file],
    ["other.md", "# Title\n"],
  ]);
  try {
    return check(broken, documents, random);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

function check(answer: string, documents: ReadonlyMap<string, string>, random: Random): string {
  const hint = { knownPaths: [...documents.keys()] };
  const whole = parseEdits(answer, hint);
  if (whole.edits.length > 0 === whole.problems.length > 0) return "edits and problems, or neither";
  if (JSON.stringify(whole) !== JSON.stringify(parseInChunks(answer, hint, random))) {
    return "chunks give another result";
  }
  const applied = applyEdits(whole.edits, documents);
  if (applied.problems.length > 0)
    return applied.documents.size === 0 ? "refused" : "not all or none";
  if (whole.problems.length > 0) return "refused";
  for (const [path, after] of applied.documents) {
    const before = documents.get(path) ?? "";
    const hunks = hunksBetween(before, after ?? "");
    if (withHunks(before, hunks) !== (after ?? "")) return "hunks do not add up";
    if (withHunks(before, []) !== before) return "no hunks change the file";
    if (!staysOutside(before, after ?? "", whole.edits, path))
      return "a line changed outside of the edit";
  }
  return "applied";
}

function parseInChunks(answer: string, hint: { knownPaths: string[] }, random: Random) {
  const parser = createEditParser(hint);
  for (let i = 0; i < answer.length;) {
    const size = 1 + random.below(random.chance(0.5) ? 3 : 200);
    parser.push(answer.slice(i, i + size));
    i += size;
  }
  return parser.finish();
}

/** Whether no more lines are gone than the edits of the file speak of. */
function staysOutside(
  before: string,
  after: string,
  edits: readonly Edit[],
  path: string,
): boolean {
  const own = edits.filter((edit) => edit.path === path);
  if (own.some(({ kind }) => kind !== "patch" && kind !== "replace")) return true;
  const spoken = own.flatMap((edit) => {
    if (edit.kind === "replace") return `${edit.search}\n${edit.replacement}`.split(/\r\n|\r|\n/);
    return edit.kind === "patch"
      ? edit.hunks.flatMap(({ lines }) => lines.map(({ text }) => text))
      : [];
  });
  const removed = hunksBetween(before, after).flatMap((hunk) => hunk.removed).length;
  return removed <= spoken.length;
}

const marks = [
  "*** Begin Patch",
  "*** End Patch",
  "*** Update File: src/file.ts",
  "*** Add File: new.txt",
  "*** Delete File: other.md",
  "*** Move to: moved.txt",
  "*** End of File",
  "@@",
  "@@ function",
  "@@ -1,3 +1,4 @@",
  "--- a/src/file.ts",
  "+++ b/src/file.ts",
  "\\ No newline at end of file",
  "<<<<<<< SEARCH",
  "=======",
  ">>>>>>> REPLACE",
  "------- SEARCH",
  "+++++++ REPLACE",
  "```",
  "````md",
  "other.md",
  '{"name":"apply_patch","arguments":{"input":"*** Begin Patch\\n*** Add File: j.txt\\n+x\\n*** End Patch"}}',
  '{"path":"other.md","old_string":"# Title","new_string":"# T"}',
  "{",
  "",
  "\r",
  "\uFEFF",
  "\u0000",
  "..",
] as const;

/** A few random cuts, copies, swaps and insertions of lines, marks and characters. */
function breakText(text: string, random: Random): string {
  let lines = text.split("\n");
  for (let times = 1 + random.below(4); times > 0; times--) {
    const i = random.below(lines.length);
    const j = i + random.below(12);
    switch (random.below(9)) {
      case 0:
        lines = lines.toSpliced(i, 0, random.pick(marks));
        break;
      case 1:
        lines = lines.toSpliced(i, 1 + random.below(3));
        break;
      case 2:
        lines = lines.toSpliced(random.below(lines.length), 0, ...lines.slice(i, j));
        break;
      case 3:
        lines = lines.slice(0, i + 1);
        break;
      case 4:
        lines = lines.map((line, at) =>
          at === i ? random.pick([" ", "+", "-", "  ", "\t", "\\"]) + line : line,
        );
        break;
      case 5:
        lines = lines.map((line, at) =>
          at === i ? line.slice(random.below(line.length + 1)) : line,
        );
        break;
      case 6:
        lines = lines.map((line) => `${line}\r`);
        break;
      case 7:
        lines = [...lines, ...lines.slice(i, j), JSON.stringify({ input: lines.join("\n") })];
        break;
      default:
        lines = lines.toSpliced(
          i,
          0,
          String.fromCharCode(random.below(0x3000)).repeat(random.below(50)),
        );
    }
  }
  return lines.join("\n");
}
