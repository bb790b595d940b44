import type { LineIndex } from "./lineIndex";
import { indentationOf, lineKey } from "./lineKeys";

/** 0-based lines where the innermost header stands, below the outer ones; or the header that is nowhere. */
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
 * Which of several equally good places the headers mean: the one right below a header, or else the only one
 * in the block that a header opens. All that are below a header, where that does not decide.
 */
export function belowHeaders<T>(
  index: LineIndex,
  headerLines: readonly number[],
  places: readonly T[],
  rangeOf: (place: T) => { start: number; end: number },
): T[] {
  const below = places.filter((place) => headerLines.some((line) => line < rangeOf(place).end));
  if (below.length <= 1) return below;
  const adjacent = below.filter((place) => {
    const { start, end } = rangeOf(place);
    const above = lineAbove(index, start);
    return headerLines.some((line) => line === above || (line >= start && line < end));
  });
  if (adjacent.length === 1) return adjacent;
  const inside = below.filter((place) => {
    const { start } = rangeOf(place);
    const header = headerLines.findLast((line) => line < start);
    return header !== undefined && isInBlock(index, header, start);
  });
  return inside.length === 1 ? inside : below;
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

/** Whether all lines from a header to a line are indented more than the header. */
function isInBlock(index: LineIndex, header: number, line: number): boolean {
  const outer = indentationOf(index.texts[header] ?? "").length;
  for (let i = header + 1; i <= line; i++) {
    const text = index.texts[i] ?? "";
    if (text.trim() !== "" && indentationOf(text).length <= outer) return false;
  }
  return true;
}
