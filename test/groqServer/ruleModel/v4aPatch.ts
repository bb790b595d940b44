import type { CodeBlock } from "./codeBlock";

/** Replaces `removed` lines from `at` (0-based, within the block) by `added`. */
export interface LineChange {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

const contextLines = 3;

/** Writes changes of one file as a V4A update, the patch format that gpt-oss was trained on. */
export function updateFile(
  path: string,
  lines: CodeBlock["lines"],
  changes: readonly LineChange[],
): string {
  const hunks = groupNeighbours(changes).map((group) => hunkOf(lines, group));
  return [`*** Update File: ${path}`, ...hunks].join("\n");
}

/** Puts the updates of several files into one patch. */
export function patchOf(updates: readonly string[]): string {
  return ["*** Begin Patch", ...updates, "*** End Patch"].join("\n");
}

/** Changes whose context would touch share a hunk. */
function groupNeighbours(changes: readonly LineChange[]): LineChange[][] {
  const groups: LineChange[][] = [];
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const close = last !== undefined && change.at - endOf(last) <= 2 * contextLines;
    if (close) group?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunkOf(lines: CodeBlock["lines"], group: readonly LineChange[]): string {
  const out = ["@@"];
  let from = Math.max(0, (group[0]?.at ?? 0) - contextLines);
  for (const change of group) {
    out.push(...lines.slice(from, change.at).map((line) => ` ${line}`));
    out.push(...lines.slice(change.at, endOf(change)).map((line) => `-${line}`));
    out.push(...change.added.map((line) => `+${line}`));
    from = endOf(change);
  }
  out.push(...lines.slice(from, from + contextLines).map((line) => ` ${line}`));
  return out.join("\n");
}

function endOf(change: LineChange): number {
  return change.at + change.removed;
}
