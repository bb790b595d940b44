import { estimateText } from "../tokens/estimateTokens";
import { renderExcerpt } from "./codeExcerpt";
import type { CodeExcerpt } from "./codeExcerpt";

/** The excerpts as far as they fit, and how many of their lines do not. */
export interface CutExcerpts {
  readonly excerpts: readonly CodeExcerpt[];
  readonly linesLeftOut: number;
}

/** Keeps whole excerpts as long as there is room, then the first lines of the next one. */
export function cutExcerpts(excerpts: readonly CodeExcerpt[], tokens: number): CutExcerpts {
  const kept: CodeExcerpt[] = [];
  let left = tokens;
  let linesLeftOut = 0;
  for (const excerpt of excerpts) {
    const fitting = firstLines(excerpt, left);
    linesLeftOut += linesIn(excerpt) - (fitting === undefined ? 0 : linesIn(fitting));
    if (fitting === undefined) continue;
    kept.push(fitting);
    left -= tokensOf(fitting);
  }
  return { excerpts: kept, linesLeftOut };
}

/** As many of its first lines as fit; undefined where not one does. */
function firstLines(excerpt: CodeExcerpt, tokens: number): CodeExcerpt | undefined {
  if (tokensOf(excerpt) <= tokens) return excerpt;
  const lines = excerpt.text.split("\n");
  const first = (count: number): CodeExcerpt => ({
    ...excerpt,
    endLine: excerpt.startLine + count - 1,
    text: lines.slice(0, count).join("\n"),
  });
  let fits = 0;
  let tooMany = lines.length;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (tokensOf(first(middle)) <= tokens) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? undefined : first(fits);
}

function tokensOf(excerpt: CodeExcerpt): number {
  return estimateText(renderExcerpt(excerpt)).upper;
}

function linesIn({ startLine, endLine }: CodeExcerpt): number {
  return endLine - startLine + 1;
}
