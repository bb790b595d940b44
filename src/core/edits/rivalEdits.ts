import type { Changed } from "./applyHunks";
import type { DocumentLines } from "./documentLines";

/** Applies one edit to a file. */
export type Apply = (document: DocumentLines) => Changed;

/**
 * Whether two of several edits of a file cannot both be meant: each fits the file as it was, at the same place, and
 * they are the same, or what comes out depends on which is first. Such are alternatives, and a change written twice.
 */
export function haveRivals(document: DocumentLines, edits: readonly Apply[]): boolean {
  const alone = edits.flatMap((apply) => {
    const result = apply(document);
    if ("problems" in result) return [];
    return [{ apply, result: result.document, ...unlikeLines(document, result.document) }];
  });
  return alone.some((later, i) =>
    alone.slice(0, i).some((earlier) => {
      if (earlier.start > later.end || later.start > earlier.end) return false;
      if (isSame(earlier.result, later.result)) return true;
      const forwards = later.apply(earlier.result);
      const backwards = earlier.apply(later.result);
      // Where only one order is possible, one builds on the other.
      if ("problems" in forwards || "problems" in backwards) return false;
      return !isSame(forwards.document, backwards.document);
    }),
  );
}

/** The lines of a file from the first to the last that a change of it touches. */
function unlikeLines(before: DocumentLines, after: DocumentLines): { start: number; end: number } {
  const shorter = Math.min(before.texts.length, after.texts.length);
  let start = 0;
  while (start < shorter && before.texts[start] === after.texts[start]) start++;
  let kept = 0;
  while (
    kept < shorter - start &&
    before.texts[before.texts.length - 1 - kept] === after.texts[after.texts.length - 1 - kept]
  )
    kept++;
  return { start, end: before.texts.length - kept };
}

function isSame(a: DocumentLines, b: DocumentLines): boolean {
  return a.texts.length === b.texts.length && a.texts.every((text, i) => text === b.texts[i]);
}
