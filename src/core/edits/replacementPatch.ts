import type { PatchLine } from "./edit";
import { diffLines } from "./lineDiff";

/**
 * A replacement as the lines of a patch, so that what both texts share counts as context and the file keeps
 * its own copy of it. The flags tell whether the texts end in a line ending.
 */
export function patchFromReplacement(
  search: string,
  replacement: string,
): { lines: PatchLine[]; searchEnds: boolean; replacementEnds: boolean } {
  const before = splitText(search);
  const after = splitText(replacement);
  const lines: PatchLine[] = [];
  for (const step of diffLines(before.lines, after.lines)) {
    switch (step.kind) {
      case "same":
        for (const text of before.lines.slice(step.before.start, step.before.end)) {
          lines.push({ kind: "context", text });
        }
        break;
      case "change":
        for (const text of before.lines.slice(step.before.start, step.before.end)) {
          lines.push({ kind: "remove", text });
        }
        for (const text of after.lines.slice(step.after.start, step.after.end)) {
          lines.push({ kind: "add", text });
        }
    }
  }
  return { lines, searchEnds: before.ends, replacementEnds: after.ends };
}

function splitText(text: string): { lines: string[]; ends: boolean } {
  const lines = text.split(/\r\n|\r|\n/);
  const ends = lines.length > 1 && lines.at(-1) === "";
  if (ends || text === "") lines.pop();
  return { lines, ends };
}
