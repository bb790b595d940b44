import { splitLines } from "./documentLines";
import type { Hunk } from "./hunks";
import type { LineRange } from "./lineDiff";

/** Where a hunk stands in a merged view: its removed lines, then its added ones. */
export interface MergedHunk {
  readonly removed: LineRange;
  readonly added: LineRange;
}

/** A file with the lines that an edit removes and those that it adds, all in one text. */
export interface MergedView {
  /** Lines end in `\n`, whatever the file has. */
  readonly text: string;
  /** In the order of the hunks. */
  readonly hunks: readonly MergedHunk[];
}

/** Hunks in the order of the file. The view stays the same whatever is decided on them. */
export function mergedView(before: string, hunks: readonly Hunk[]): MergedView {
  const old = splitLines(before);
  const lines: string[] = [];
  const places: MergedHunk[] = [];
  let next = 0;
  for (const hunk of hunks) {
    for (; next < hunk.before.end; next++) lines.push(old[next] ?? "");
    const removed = {
      start: lines.length - (hunk.before.end - hunk.before.start),
      end: lines.length,
    };
    // Not spread into one call: a hunk may be a whole file of many lines.
    for (const line of hunk.added) lines.push(line);
    places.push({ removed, added: { start: removed.end, end: lines.length } });
  }
  for (; next < old.length; next++) lines.push(old[next] ?? "");
  const last = lines.at(-1) ?? "";
  const text = lines.map(withoutEnding).join("\n");
  return { text: withoutEnding(last) === last ? text : `${text}\n`, hunks: places };
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
