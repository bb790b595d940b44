import { splitLines } from "./documentLines";
import { diffLines, type LineRange } from "./lineDiff";

/** One change between two versions of a file. Lines carry their endings. */
export interface Hunk {
  readonly before: LineRange;
  readonly after: LineRange;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Takes the change from one version of a file to another apart, in the order of the file. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  return diffLines(oldLines, newLines)
    .filter((step) => step.kind === "change")
    .map((step) => ({
      before: step.before,
      after: step.after,
      removed: oldLines.slice(step.before.start, step.before.end),
      added: newLines.slice(step.after.start, step.after.end),
    }));
}

/** The older version with some of its hunks applied: none gives `before`, all give the newer version. */
export function withHunks(before: string, accepted: readonly Hunk[]): string {
  const lines = splitLines(before);
  const parts: string[] = [];
  let next = 0;
  for (const hunk of accepted.toSorted((a, b) => a.before.start - b.before.start)) {
    parts.push(lines.slice(next, hunk.before.start).join(""), hunk.added.join(""));
    next = hunk.before.end;
  }
  parts.push(lines.slice(next).join(""));
  return parts.join("");
}
