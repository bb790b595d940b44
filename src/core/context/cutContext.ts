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
  let fits = 0;
  let tooMany = parts.count;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (tokensOf(parts.take(middle)) <= tokens) fits = middle;
    else tooMany = middle;
  }
  if (fits === 0) return undefined;
  const cut = parts.take(fits);
  return { item: cut, linesLeftOut: linesOf(item) - linesOf(cut) };
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
    case "file": {
      const lines = item.text.split("\n");
      const take = (count: number) => ({
        ...item,
        endLine: item.startLine + count - 1,
        text: lines.slice(0, count).join("\n"),
      });
      return { count: lines.length, take };
    }
    case "folder": {
      const { files, filesLeftOut } = item;
      const take = (count: number) => ({
        ...item,
        files: files.slice(0, count),
        filesLeftOut: filesLeftOut + files.length - count,
      });
      return { count: files.length, take };
    }
    case "related": {
      const { parts, partsLeftOut } = item;
      const take = (count: number) => ({
        ...item,
        parts: parts.slice(0, count),
        partsLeftOut: partsLeftOut + parts.length - count,
      });
      return { count: parts.length, take };
    }
    case "problems": {
      const { problems, problemsLeftOut } = item;
      const take = (count: number) => ({
        ...item,
        problems: problems.slice(0, count),
        problemsLeftOut: problemsLeftOut + problems.length - count,
      });
      return { count: problems.length, take };
    }
    case "gitDiff": {
      const lines = item.text.split("\n");
      const take = (count: number) => ({
        ...item,
        text: lines.slice(0, count).join("\n"),
        linesLeftOut: item.linesLeftOut + lines.length - count,
      });
      return { count: lines.length, take };
    }
    case "terminal": {
      const lines = item.output.split("\n");
      const take = (count: number) => ({
        ...item,
        output: lines.slice(lines.length - count).join("\n"),
        linesLeftOut: item.linesLeftOut + lines.length - count,
      });
      return { count: lines.length, take };
    }
    case "image":
    case "instructions":
      return undefined;
  }
}
