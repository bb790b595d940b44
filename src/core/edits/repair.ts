import { applyEdits } from "./applyEdits";
import { splitLines } from "./documentLines";
import type { Edit, EditProblem, PatchHunk } from "./edit";

/** An edit taken apart into what fits the files and what does not. */
export interface RepairPlan {
  readonly kept: readonly Edit[];
  /** Hunk by hunk. */
  readonly failing: readonly Edit[];
}

/** Each part is tried by itself; what has more of them is not mended in one short request. */
const mostParts = 100;

/** Undefined where no smaller part is to blame than the whole. */
export function planRepair(
  edits: readonly Edit[],
  documents: ReadonlyMap<string, string>,
): RepairPlan | undefined {
  const fits = (some: readonly Edit[]) => applyEdits(some, documents).problems.length === 0;
  const kept: Edit[] = [];
  const failing: Edit[] = [];
  const parts = edits.flatMap(partsOf);
  if (parts.length > mostParts) return undefined;
  for (const part of parts) (fits([part]) ? kept : failing).push(part);
  const together = joined(kept);
  if (failing.length === 0 || !failing.every(isText)) return undefined;
  return together.length === 0 || fits(together) ? { kept: together, failing } : undefined;
}

/** What a model can be asked to write again; a file that is not there to delete or move is not. */
function isText({ kind }: Edit): boolean {
  return kind === "patch" || kind === "replace";
}

function partsOf(edit: Edit): readonly Edit[] {
  return edit.kind === "patch" ? edit.hunks.map((hunk) => ({ ...edit, hunks: [hunk] })) : [edit];
}

/** Neighbouring hunks of one file become one patch again, so that their order helps to place them. */
function joined(parts: readonly Edit[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const part of parts) {
    const last = edits.at(-1);
    if (part.kind === "patch" && last?.kind === "patch" && last.path === part.path)
      edits[edits.length - 1] = { ...last, hunks: [...last.hunks, ...part.hunks] };
    else edits.push(part);
  }
  return edits;
}

/** The edits as a patch, as a model would have written it. */
export function renderEdits(edits: readonly Edit[]): string {
  const sections = edits.flatMap((edit) => {
    if (edit.kind === "patch")
      return [`*** Update File: ${edit.path}`, ...edit.hunks.flatMap(renderHunk)];
    if (edit.kind !== "replace") return [];
    return [
      `*** Update File: ${edit.path}`,
      "@@",
      ...plainLines(edit.search).map((line) => `-${line}`),
      ...plainLines(edit.replacement).map((line) => `+${line}`),
    ];
  });
  return ["*** Begin Patch", ...sections, "*** End Patch"].join("\n");
}

const signs = { context: " ", remove: "-", add: "+" } as const;

function renderHunk({ headers = [], lines }: PatchHunk): readonly string[] {
  const opening = headers.length === 0 ? ["@@"] : headers.map((header) => `@@ ${header}`);
  return [...opening, ...lines.map(({ kind, text }) => `${signs[kind]}${text}`)];
}

const linesAround = 12;

/**
 * The lines of the files that the failing hunks are most likely about, each run with its path: those that the problems
 * name, or that a hunk has in common with the file.
 */
export function nearestLines(
  failing: readonly Edit[],
  problems: readonly EditProblem[],
  documents: ReadonlyMap<string, string>,
): readonly { readonly path: string; readonly startLine: number; readonly text: string }[] {
  return [...new Set(failing.map(({ path }) => path))].flatMap((path) => {
    const lines = plainLines(documents.get(path) ?? "");
    const named = problems.flatMap((problem) =>
      problem.path === path ? (problem.lines ?? []) : [],
    );
    const own = failing.filter((edit) => edit.path === path).flatMap(wordsOf);
    const marks = named.length > 0 ? named : placesOf(own, lines);
    if (marks.length === 0) return [];
    const start = Math.max(1, Math.min(...marks) - linesAround);
    const end = Math.min(lines.length, Math.max(...marks) + linesAround, start + mostLines - 1);
    return [{ path, startLine: start, text: lines.slice(start - 1, end).join("\n") }];
  });
}

/** More than this would cost what asking for the whole edit again does. */
const mostLines = 80;

function wordsOf(edit: Edit): readonly string[] {
  if (edit.kind === "replace") return plainLines(edit.search);
  if (edit.kind !== "patch") return [];
  return edit.hunks.flatMap(({ lines }) =>
    lines.flatMap(({ kind, text }) => (kind === "add" ? [] : [text])),
  );
}

/** One-based lines of the file that a hunk's telling lines stand in. */
function placesOf(wanted: readonly string[], lines: readonly string[]): readonly number[] {
  const telling = new Set(wanted.map((line) => line.trim()).filter((line) => line.length > 3));
  return lines.flatMap((line, at) => (telling.has(line.trim()) ? [at + 1] : [])).slice(0, 8);
}

function plainLines(text: string): readonly string[] {
  return splitLines(text).map((line) => line.replace(/\r?\n$|\r$/, ""));
}
