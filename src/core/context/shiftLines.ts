/** Whole lines of a document, zero-based and inclusive. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** The text between two places was replaced by a text with `newLines` line breaks. */
export interface TextChange {
  readonly start: Place;
  readonly end: Place;
  readonly newLines: number;
}

/**
 * Where lines are after a change. Text written into them belongs to them; text in front of them moves them.
 * Undefined if they were deleted; if they were replaced together with their surroundings, they are taken to be
 * where they were.
 */
export function shiftLines(range: LineRange, change: TextChange): LineRange | undefined {
  const { start, end, newLines } = change;
  const grown = newLines - (end.line - start.line);
  if (start.line > range.endLine) return range;
  const endsBefore =
    end.line < range.startLine || (end.line === range.startLine && end.character === 0);
  if (endsBefore) return { startLine: range.startLine + grown, endLine: range.endLine + grown };
  const fromBefore =
    start.line < range.startLine || (start.line === range.startLine && start.character === 0);
  if (fromBefore && end.line > range.endLine) return newLines === 0 ? undefined : range;
  const startLine = start.line < range.startLine ? start.line + newLines : range.startLine;
  const endLine = end.line > range.endLine ? start.line + newLines : range.endLine + grown;
  return { startLine, endLine: Math.max(startLine, endLine) };
}
