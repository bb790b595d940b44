import type { LineRange } from "./lineDiff";
import type { LineIndex } from "./lineIndex";
import { indentationOf, lineKey } from "./lineKeys";

/** 0-based lines of the innermost header, below the outer ones; or the header that was not found. */
export function findHeaders(
  index: LineIndex,
  headers: readonly string[],
): { lines: readonly number[] } | { missing: string } {
  let lines: readonly number[] = [];
  for (const [depth, header] of headers.entries()) {
    const outer = depth === 0 ? -1 : (lines[0] ?? -1);
    lines = linesWithHeader(index, header).filter((line) => line > outer);
    if (lines.length === 0) return { missing: header };
  }
  return { lines };
}

/**
 * Which of several equally good places the headers mean: the only one below a header, right below one, or in
 * the block that one opens. All that are below a header, where none of that decides.
 */
export function belowHeaders<T>(
  index: LineIndex,
  headerLines: readonly number[],
  places: readonly T[],
  rangeOf: (place: T) => LineRange,
): T[] {
  const ranges = places.map((place) => ({ place, ...rangeOf(place) }));
  const below = ranges
    .map((range) => ({ ...range, header: lastBefore(headerLines, range.end) }))
    .filter(({ header }) => header !== undefined);
  const adjacent = below.filter(
    ({ start, header = -1 }) => header >= start || header === lineAbove(index, start),
  );
  const blockEnds = new Map<number, number>();
  const inside = below.filter(({ start }) => {
    const header = lastBefore(headerLines, start);
    if (header === undefined) return false;
    const end = blockEnds.get(header) ?? blockEnd(index, header);
    blockEnds.set(header, end);
    return start < end;
  });
  const chosen = [below, adjacent, inside].find((group) => group.length === 1) ?? below;
  return chosen.map(({ place }) => place);
}

function linesWithHeader(index: LineIndex, header: string): number[] {
  const wanted = lineKey(header, "look-alikes");
  const keys = index.keys("look-alikes");
  const tests: ((key: string) => boolean)[] = [
    (key) => key === wanted,
    (key) => key.startsWith(wanted),
    (key) => wanted.length >= 3 && key.includes(wanted),
  ];
  for (const test of tests) {
    const lines = keys.flatMap((key, line) => (test(key) ? [line] : []));
    if (lines.length > 0) return lines;
  }
  return [];
}

function lineAbove(index: LineIndex, start: number): number {
  let line = start - 1;
  while (line >= 0 && index.texts[line]?.trim() === "") line--;
  return line;
}

/** The first line after a header that is not indented more than it. */
function blockEnd(index: LineIndex, header: number): number {
  const outer = indentationOf(index.texts[header] ?? "").length;
  for (let line = header + 1; line < index.texts.length; line++) {
    const text = index.texts[line] ?? "";
    if (text.trim() !== "" && indentationOf(text).length <= outer) return line;
  }
  return index.texts.length;
}

/** The last of some ascending lines that is before a line. */
function lastBefore(lines: readonly number[], line: number): number | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1];
}
