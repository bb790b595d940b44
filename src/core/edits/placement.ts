import type { PatchHunk } from "./edit";

/** A line that an edit expects in the file. */
export interface OldLine {
  readonly text: string;
  readonly removed: boolean;
  /** The edit adds lines right above or right below it. */
  readonly addsAbove: boolean;
  readonly addsBelow: boolean;
}

/** Where a hunk goes: the 0-based file line of each of its old lines, -1 for one that the file lacks. */
export interface Placement {
  readonly at: readonly number[];
  /** First file line, or the line that an addition goes in front of. */
  readonly start: number;
}

export function oldLines(hunk: PatchHunk): OldLine[] {
  return hunk.lines.flatMap(({ kind, text }, i) => {
    if (kind === "add") return [];
    const addsAbove = hunk.lines[i - 1]?.kind === "add";
    const addsBelow = hunk.lines[i + 1]?.kind === "add";
    return [{ text, removed: kind === "remove", addsAbove, addsBelow }];
  });
}

/** One replacement of whole file lines by texts. */
export interface Splice {
  readonly start: number;
  readonly deleted: number;
  readonly texts: readonly string[];
}

/** What a placed hunk does to the file, in file order. */
export function splicesOf(hunk: PatchHunk, placement: Placement): Splice[] {
  const splices: Splice[] = [];
  let oldIndex = 0;
  let next = placement.start;
  let pending: { start: number; deleted: number; texts: string[] } | undefined;
  for (const line of hunk.lines) {
    if (line.kind === "add") {
      pending ??= { start: next, deleted: 0, texts: [] };
      pending.texts.push(line.text);
      continue;
    }
    const at = placement.at[oldIndex++] ?? -1;
    if (line.kind === "remove" && at >= 0) {
      pending ??= { start: at, deleted: 0, texts: [] };
      if (pending.start + pending.deleted !== at) {
        splices.push(pending);
        pending = { start: at, deleted: 0, texts: [] };
      }
      pending.deleted++;
    } else if (line.kind === "context" && pending !== undefined) {
      splices.push(pending);
      pending = undefined;
    }
    if (at >= 0) next = at + 1;
  }
  if (pending !== undefined) splices.push(pending);
  return splices;
}
