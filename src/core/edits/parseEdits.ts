import type { Edit, EditProblem } from "./edit";
import { createEditParser } from "./editParser";
import type { EditHint } from "./editPath";

/**
 * Reads every edit in a model's answer: patches, search blocks, diffs, whole files and tool calls, also mixed.
 * No edits are returned when the answer cannot be trusted whole.
 */
export function parseEdits(
  answer: string,
  hint: EditHint = {},
): { edits: Edit[]; problems: EditProblem[] } {
  const parser = createEditParser(hint);
  parser.push(answer);
  return parser.finish();
}
