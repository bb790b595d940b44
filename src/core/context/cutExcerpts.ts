import { estimateText } from "../tokens/estimateTokens";
import { renderExcerpt } from "./codeExcerpt";
import type { CodeExcerpt } from "./codeExcerpt";

/** The excerpts as far as they fit, and how many of their lines do not. */
export interface CutExcerpts<Excerpt extends CodeExcerpt> {
  readonly excerpts: readonly Excerpt[];
  readonly linesLeftOut: number;
}

/** Keeps whole excerpts as long as there is room, then the first lines of the next one. */
export function cutExcerpts<Excerpt extends CodeExcerpt>(
  excerpts: readonly Excerpt[],
  tokens: number,
): CutExcerpts<Excerpt> {
  const kept: Excerpt[] = [];
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
function firstLines<Excerpt extends CodeExcerpt>(
  excerpt: Excerpt,
  tokens: number,
): Excerpt | undefined {
  if (tokensOf(excerpt) <= tokens) return excerpt;
  const lines = excerpt.text.split("\n");
  const first = (count: number): Excerpt => ({
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
