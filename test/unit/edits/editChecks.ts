import { expect } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit, EditProblemKind, PatchHunk } from "../../../src/core/edits/edit";
import { hunkOf } from "./answerTexts";

/** The file that these edits are of. */
export const path = "a.ts";

export const replace = (search: string, replacement: string, all?: boolean): Edit => ({
  kind: "replace",
  path,
  search,
  replacement,
  ...(all === true && { all }),
});

export const patch = (...hunks: (string | PatchHunk)[]): Edit => ({
  kind: "patch",
  path,
  hunks: hunks.map((item) => (typeof item === "string" ? hunkOf(item) : item)),
});

/** Holds what one edit makes of a file against what is expected. */
export function check(edit: Edit, before: string, expected: string): void {
  const { documents, problems } = applyEdits([edit], new Map([[path, before]]));
  expect(problems).toEqual([]);
  expect(documents.get(path)).toBe(expected);
}

/** The edit is refused for one reason; returns its words. */
export function checkRefused(edit: Edit, before: string, kind: EditProblemKind): string {
  const { documents, problems } = applyEdits([edit], new Map([[path, before]]));
  expect(problems.map((problem) => problem.kind)).toEqual([kind]);
  expect(documents.size).toBe(0);
  return problems[0]?.message ?? "";
}
