import type { Edit, EditProblem } from "./edit";

/** What is wrong with an answer as a whole, once every block in it is read. */
export function wholeAnswerProblems(
  edits: readonly Edit[],
  problems: readonly EditProblem[],
  unnamedFences: number,
): EditProblem[] {
  const whole = new Set<string>();
  const targets = new Set<string>();
  for (const edit of edits) {
    const { kind, path } = edit;
    if (kind === "move") {
      // One after the other, the second would move the first file on and lose its own.
      if (targets.has(path))
        return [malformed(path, `Files are moved onto ${path} and away from it.`)];
      targets.add(edit.to);
    }
    if (kind !== "write" && kind !== "create") continue;
    if (whole.has(path)) return [malformed(path, `The answer has two whole texts for ${path}.`)];
    whole.add(path);
  }
  if (edits.length > 0 || problems.length > 0) return [];
  if (unnamedFences > 0) {
    return [{ kind: "no-path", message: "No code block says which file it is the whole text of." }];
  }
  return [{ kind: "no-edits", message: "The answer holds no edit." }];
}

/** Whether a text begins like a search block or a merge conflict, and so is not a file. */
export function opensConflict(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== "");
  return first !== undefined && /^\s*<{5}/.test(first);
}

export function unreadableBlock(path: string): EditProblem {
  return malformed(
    path,
    `The block for ${path} has marks that cannot be read: write SEARCH and REPLACE.`,
  );
}

export function severalWays(path: string): EditProblem {
  return malformed(path, `The answer has several ways to change ${path}: give one of them.`);
}

function malformed(path: string, message: string): EditProblem {
  return { kind: "malformed", path, message };
}

/** Whether a line is a shell call like `cd sub && apply_patch`. */
export function patchesOtherFolder(line: string): boolean {
  return /^\s*cd\s+["']?[\w-].*\b(?:apply_patch|patch|git apply)\b/.test(line);
}

/** A shell call that changes the folder first gives its paths from there. */
export const otherFolder: EditProblem = {
  kind: "bad-path",
  message: "The patch is for another folder: write its paths as the workspace has them.",
};

export function badPath(path: string): EditProblem {
  return { kind: "bad-path", path, message: `"${path}" is not a path in the workspace.` };
}
