/** A unified diff of several files, as Git prints it. */
export interface DiffText {
  readonly files: readonly string[];
  readonly text: string;
  readonly linesLeftOut: number;
}

interface FileDiff {
  readonly path: string;
  /** Its path before, if the diff names it. */
  readonly from: string;
  readonly lines: readonly string[];
}

/**
 * A diff without the hidden files, cut to `characters` at a line end. The list of files is never cut.
 */
export function cutDiff(
  diff: string,
  given: { readonly characters: number; readonly hides: (path: string) => boolean },
): DiffText {
  const shown = fileDiffs(diff).filter(
    ({ path, from }) => !given.hides(path) && !given.hides(from),
  );
  const lines = shown.flatMap((file) => file.lines);
  const kept = linesWithin(lines, given.characters);
  return {
    files: shown.map(({ path }) => path),
    text: lines.slice(0, kept).join("\n"),
    linesLeftOut: lines.length - kept,
  };
}

function fileDiffs(diff: string): readonly FileDiff[] {
  const starts = diff.split(/^(?=diff --(?:git|cc|combined) )/m);
  return starts.flatMap((part) => {
    const lines = part.replace(/\n$/, "").split("\n");
    const [first = ""] = lines;
    if (!first.startsWith("diff --")) return [];
    const path = pathIn(lines, ["+++ b/", "rename to ", '+++ "b/', "--- a/", '--- "a/']);
    const from = pathIn(lines, ["--- a/", "rename from ", '--- "a/']);
    return [{ path, from, lines }];
  });
}

/** The path after the first of `starts` that occurs in a file's head. Git quotes unusual names. */
function pathIn(lines: readonly string[], starts: readonly string[]): string {
  const [first = ""] = lines;
  const hunk = lines.findIndex((line) => line.startsWith("@@"));
  const head = hunk === -1 ? lines : lines.slice(0, hunk);
  for (const start of starts) {
    const line = head.find((candidate) => candidate.startsWith(start));
    if (line !== undefined) return line.slice(start.length).replace(/["\t]+$/, "");
  }
  const named = /^diff --git a\/(.+) b\/\1$/.exec(first)?.[1];
  return named ?? first.slice(first.lastIndexOf(" ") + 1).replace(/^b\//, "");
}

function linesWithin(lines: readonly string[], characters: number): number {
  let left = characters;
  for (const [index, line] of lines.entries()) {
    left -= line.length + 1;
    if (left < 0) return index;
  }
  return lines.length;
}
