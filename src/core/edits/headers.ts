import type { LineRange } from "./lineDiff";
import type { LineIndex } from "./lineIndex";
import { indentationOf, lineKey } from "./lineKeys";

/**
 * 0-based lines of the innermost header, in the blocks of the outer ones or else below them; or the header that was
 * not found.
 */
export function findHeaders(
  index: LineIndex,
  headers: readonly string[],
): { lines: readonly number[] } | { missing: string } {
  let outer: readonly number[] = [];
  for (const [depth, header] of headers.entries()) {
    const all = linesWithHeader(index, header);
    const inside = depth === 0 ? all : linesInBlocks(index, outer, all);
    const lines = inside.length > 0 ? inside : all.filter((line) => line > (outer[0] ?? -1));
    if (lines.length === 0) return { missing: header };
    outer = lines;
  }
  return { lines: outer };
}

/**
 * Which of several equally good places the headers mean: those right below a header or in the block that one
 * opens, and of several at one header the one right below it. All that are below a header, where none is so close.
 */
export function belowHeaders<T>(
  index: LineIndex,
  headerLines: readonly number[],
  places: readonly T[],
  rangeOf: (place: T) => LineRange,
): T[] {
  const blockEnds = new Map<number, number>();
  const below = places.flatMap((place) => {
    const { start, end } = rangeOf(place);
    const header = lastBefore(headerLines, end);
    if (header === undefined) return [];
    const itsEnd = blockEnds.get(header) ?? blockEnd(index, header);
    blockEnds.set(header, itsEnd);
    const isAdjacent = header >= start || header === lineAbove(index, start);
    return [{ place, header, isAdjacent, isClose: isAdjacent || start < itsEnd }];
  });
  const close = below.filter(({ isClose }) => isClose);
  const adjacent = close.filter(({ isAdjacent }) => isAdjacent);
  const isAtOne = close.every(({ header }) => header === close[0]?.header);
  const chosen = isAtOne && adjacent.length === 1 ? adjacent : close;
  return (chosen.length > 0 ? chosen : below).map(({ place }) => place);
}

/** Those of some ascending lines that are in the block of one of the headers, which ascend as well. */
function linesInBlocks(
  index: LineIndex,
  headers: readonly number[],
  lines: readonly number[],
): number[] {
  let next = 0;
  let end = 0;
  return lines.filter((line) => {
    for (; (headers[next] ?? Infinity) < line; next++) {
      end = Math.max(end, blockEnd(index, headers[next] ?? 0));
    }
    return line < end;
  });
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

/** The first line after a header that is not indented more than it; brackets that belong to the header do not count. */
function blockEnd(index: LineIndex, header: number): number {
  const outer = indentationOf(index.texts[header] ?? "").length;
  for (let line = header + 1; line < index.texts.length; line++) {
    const text = index.texts[line] ?? "";
    const isOwn = /^\s*(?:$|\{\s*$|[)\]])/.test(text);
    if (!isOwn && indentationOf(text).length <= outer) return line;
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
