import { splitLines } from "./documentLines";
import type { Hunk } from "./hunks";
import type { LineRange } from "./lineDiff";

/** Where a hunk is in a merged view: its removed lines, then its added ones. */
export interface MergedHunk {
  readonly removed: LineRange;
  readonly added: LineRange;
}

/** A file with the lines that an edit removes and those that it adds, all in one text. */
export interface MergedView {
  /** Lines end in `\n`, whatever the file has. */
  readonly text: string;
  /** As an editor counts them: an empty one behind the last ending, too. */
  readonly lineCount: number;
  /** In the order of the hunks. */
  readonly hunks: readonly MergedHunk[];
}

/**
 * Hunks in the order of the file. The view stays the same whatever is decided on them. Lines that are further than
 * `around` lines from every change are left out; their numbers stand in their place.
 */
export function mergedView(
  before: string,
  hunks: readonly Hunk[],
  around = Number.POSITIVE_INFINITY,
): MergedView {
  const old = splitLines(before);
  const lines: string[] = [];
  const places: MergedHunk[] = [];
  // Not spread into one call: a hunk may be a whole file of many lines.
  const push = (some: readonly string[]) => {
    for (const line of some) lines.push(line);
  };
  let next = 0;
  for (const hunk of hunks) {
    push(unchanged(old, { start: next, end: hunk.before.start }, around));
    next = hunk.before.end;
    const start = lines.length;
    push(hunk.removed);
    const removed = { start, end: lines.length };
    push(hunk.added);
    places.push({ removed, added: { start: removed.end, end: lines.length } });
  }
  push(unchanged(old, { start: next, end: old.length }, around));
  const last = lines.at(-1) ?? "";
  const text = lines.map(withoutEnding).join("\n");
  const endsOpen = withoutEnding(last) === last;
  return {
    text: endsOpen ? text : `${text}\n`,
    lineCount: endsOpen ? Math.max(1, lines.length) : lines.length + 1,
    hunks: places,
  };
}

/** Lines between two changes, or before the first or after the last one. */
function unchanged(
  old: readonly string[],
  { start, end }: LineRange,
  around: number,
): readonly string[] {
  const from = start === 0 ? 0 : start + around;
  const to = end === old.length ? end : end - around;
  // A line in the place of one saves nothing.
  const leavesOut = Number.isFinite(around) && to - from > 1;
  if (!leavesOut) return old.slice(start, end);
  return [...old.slice(start, from), `⋯ ${from + 1}–${to} ⋯\n`, ...old.slice(to, end)];
}

/** The hunk that a line, zero-based, belongs to. */
export function hunkAtLine({ hunks }: MergedView, line: number): number | undefined {
  const within = hunks.findIndex(({ removed, added }) => removed.start <= line && line < added.end);
  if (within >= 0) return within;
  // A move changes no line; it is decided on at the top.
  const empty = hunks.findIndex(
    ({ removed, added }) => removed.start === added.end && removed.start === line,
  );
  return empty >= 0 ? empty : undefined;
}

function withoutEnding(line: string): string {
  return line.replace(/\r?\n$|\r$/, "");
}
