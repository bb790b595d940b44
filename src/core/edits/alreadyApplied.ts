import { applyEdits } from "./applyEdits";
import type { Edit, PatchHunk, PatchLine } from "./edit";

/**
 * Whether the files are as the edits would leave them: taken back, the edits give files that they lead from to exactly
 * these. False for edits that make, delete or move files.
 */
export function isAlreadyApplied(
  edits: readonly Edit[],
  documents: ReadonlyMap<string, string>,
): boolean {
  const backwards = edits.toReversed().flatMap(reversed);
  if (backwards.length !== edits.length) return false;
  const earlier = applyEdits(backwards, documents);
  if (earlier.problems.length > 0) return false;
  const texts = new Map(documents);
  for (const [path, text] of earlier.documents) if (text !== null) texts.set(path, text);
  const again = applyEdits(edits, texts);
  return (
    again.problems.length === 0 &&
    [...again.documents].every(([path, text]) => text === documents.get(path))
  );
}

/** None if the edit cannot be reversed. */
function reversed(edit: Edit): readonly Edit[] {
  switch (edit.kind) {
    case "patch":
      return [{ ...edit, hunks: edit.hunks.map(reversedHunk) }];
    case "replace":
      return [{ ...edit, search: edit.replacement, replacement: edit.search }];
    case "create":
    case "write":
    case "delete":
    case "move":
      return [];
  }
}

const opposite = { context: "context", remove: "add", add: "remove" } as const;

/** Without what only the way there says of the place. */
function reversedHunk({ lines, headers }: PatchHunk): PatchHunk {
  const back = lines.map(({ kind, text }): PatchLine => ({ kind: opposite[kind], text }));
  return { lines: back, ...(headers !== undefined && { headers }) };
}
