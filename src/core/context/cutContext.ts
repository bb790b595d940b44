import { estimateText } from "../tokens/estimateTokens";
import type { ContextItem } from "./contextItem";
import { renderContext } from "./renderContext";

/** What is left of an item, and how many lines were lost. */
export interface CutItem {
  readonly item: ContextItem;
  readonly linesLeftOut: number;
}

/** An item as a list of parts of which the first few (of terminal output: the last few) can be kept. */
interface Parts {
  readonly count: number;
  readonly take: (count: number) => ContextItem;
}

/**
 * As much of an item as fits into `tokens`: the first lines of code or a diff, the first problems or files, the last
 * lines of a terminal. Undefined where not even one part fits, and for items that cannot be cut.
 */
export function cutItem(item: ContextItem, tokens: number): CutItem | undefined {
  if (tokensOf(item) <= tokens) return { item, linesLeftOut: 0 };
  const parts = partsOf(item);
  if (parts === undefined) return undefined;
  const fits = mostThatFit(parts.count, (count) => tokensOf(parts.take(count)) <= tokens);
  if (fits === 0) return undefined;
  const cut = parts.take(fits);
  return { item: cut, linesLeftOut: linesOf(item) - linesOf(cut) };
}

/** The greatest count below `tooMany` that fits, given that every smaller one does; 0 if none. */
export function mostThatFit(tooMany: number, fits: (count: number) => boolean): number {
  let most = 0;
  let least = tooMany;
  while (least - most > 1) {
    const middle = Math.floor((most + least) / 2);
    if (fits(middle)) most = middle;
    else least = middle;
  }
  return most;
}

/** The upper end of the estimate of an item as it is sent. */
export function tokensOf(item: ContextItem): number {
  return estimateText(renderContext(item)).upper;
}

/** How many lines an item holds; a picture counts as one. */
export function linesOf(item: ContextItem): number {
  switch (item.kind) {
    case "selection":
    case "file":
      return lineCount(item.text);
    case "folder":
      return item.files.reduce((sum, { text }) => sum + lineCount(text), lineCount(item.outline));
    case "related":
      return item.parts.reduce((sum, { text }) => sum + lineCount(text), 0);
    case "problems":
      return item.problems.length;
    case "gitDiff":
      return lineCount(item.text);
    case "terminal":
      return lineCount(item.output);
    case "image":
      return 1;
    case "instructions":
      return lineCount(item.wishes) + lineCount(item.notes?.text ?? "");
  }
}

function lineCount(text: string): number {
  return text.split("\n").length;
}

function partsOf(item: ContextItem): Parts | undefined {
  switch (item.kind) {
    case "selection":
    case "file":
      return firstOf(item.text.split("\n"), (lines) => ({
        ...item,
        endLine: item.startLine + lines.length - 1,
        text: lines.join("\n"),
      }));
    case "folder":
      return firstOf(item.files, (files, left) => ({
        ...item,
        files,
        filesLeftOut: item.filesLeftOut + left,
      }));
    case "related":
      return firstOf(item.parts, (parts, left) => ({
        ...item,
        parts,
        partsLeftOut: item.partsLeftOut + left,
      }));
    case "problems":
      return firstOf(item.problems, (problems, left) => ({
        ...item,
        problems,
        problemsLeftOut: item.problemsLeftOut + left,
      }));
    case "gitDiff":
      return firstOf(item.text.split("\n"), (lines, left) => ({
        ...item,
        text: lines.join("\n"),
        linesLeftOut: item.linesLeftOut + left,
      }));
    case "terminal":
      return firstOf(item.output.split("\n").toReversed(), (lines, left) => ({
        ...item,
        output: lines.toReversed().join("\n"),
        linesLeftOut: item.linesLeftOut + left,
      }));
    case "image":
    case "instructions":
      return undefined;
  }
}

/** `keep` makes the item that has only the first of a list; `left` is how many others there are. */
function firstOf<T>(
  list: readonly T[],
  keep: (first: readonly T[], left: number) => ContextItem,
): Parts {
  return {
    count: list.length,
    take: (count) => keep(list.slice(0, count), list.length - count),
  };
}
