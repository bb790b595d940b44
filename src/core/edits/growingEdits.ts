import type { Edit } from "./edit";
import { createEditParser } from "./editParser";
import type { EditHint } from "./editPath";
import { parseEdits } from "./parseEdits";

/**
 * The edits of an answer that is still being written, as far as whole hunks go. For looking at only: how the answer ends
 * decides whether any of them is to be trusted.
 */
export function editsSoFar(answer: string, hint: EditHint = {}): readonly Edit[] {
  const open = answer.lastIndexOf("*** Begin Patch");
  if (open >= 0 && !answer.slice(open).includes("*** End Patch\n")) {
    const { edits } = parseEdits(closedPatch(answer, open), hint);
    if (edits.length > 0) return edits;
  }
  return createEditParser(hint).push(answer).edits;
}

/** The patch up to where its last hunk begins, which may have lines to come. */
function closedPatch(answer: string, open: number): string {
  const last = [...answer.slice(open).matchAll(/^(?:@@|\*\*\* )/gm)].at(-1);
  return `${answer.slice(0, open + (last?.index ?? 0))}*** End Patch\n`;
}
