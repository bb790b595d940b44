/**
 * A part of an answer's Markdown that is drawn by itself. The page and the host cut answers alike, so that a message
 * names a block by its number and never carries its text.
 */
export type AnswerBlock = TextBlock | CodeBlock;

export interface TextBlock {
  readonly kind: "text";
  readonly source: string;
  /** Where it begins in the answer. */
  readonly start: number;
}

export interface CodeBlock {
  readonly kind: "code";
  /** As the fence has it; "" for none. */
  readonly language: string;
  readonly code: string;
  readonly start: number;
  /** After its last line. */
  readonly end: number;
  /** Whether its closing line is there. */
  readonly closed: boolean;
}

/** In characters. Longer lines are not taken for fences, because matching one could take very long. */
const longestFence = 400;

/**
 * Cuts Markdown at its fences and blank lines. A patch becomes code, since Markdown would eat its markers. `from` is
 * the offset at which the given text begins in the whole answer.
 */
export function splitBlocks(markdown: string, from = 0): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let text: string[] = [];
  let textStart = from;
  const flush = () => {
    if (text.some((line) => line.trim() !== ""))
      blocks.push({ kind: "text", source: text.join("\n"), start: textStart });
    text = [];
  };
  const lines = markdown.split("\n");
  let start = from;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const opened = openBlock(line);
    if (opened !== undefined) {
      flush();
      const block = readCode(lines, index, start, opened);
      blocks.push(block.code);
      start = block.nextStart;
      index = block.last;
      continue;
    }
    if (line.trim() === "" && endsParagraph(lines[index + 1])) flush();
    else {
      if (text.length === 0) textStart = start;
      text.push(line);
    }
    start += line.length + 1;
  }
  flush();
  return blocks;
}

/**
 * The blocks of a text that has grown: all but the last two are kept as they are. The last two may change, because a
 * last line that turns out to be a list item joins the block before it.
 */
export function growBlocks(
  before: { readonly source: string; readonly blocks: readonly AnswerBlock[] },
  source: string,
): readonly AnswerBlock[] {
  const from = before.blocks.at(-2)?.start ?? 0;
  if (from === 0 || !source.startsWith(before.source)) return splitBlocks(source);
  return [...before.blocks.slice(0, -2), ...splitBlocks(source.slice(from), from)];
}

interface OpenedBlock {
  readonly language: string;
  /** Columns before the fence, by which its code is indented as well, as inside a list. */
  readonly indent: number;
  /** Its first line is part of the code. */
  readonly inclusive: boolean;
  closes(line: string): boolean;
}

function openBlock(line: string): OpenedBlock | undefined {
  if (line.length > longestFence) return undefined;
  if (line.startsWith("*** Begin Patch"))
    return { language: "diff", indent: 0, inclusive: true, closes: endsPatch };
  const match = /^([ \t]*)(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/.exec(line);
  const [, indent = "", marker, language = ""] = match ?? [];
  if (marker === undefined) return undefined;
  const closes = (other: string) => closesFence(other, marker);
  return { language, indent: indent.length, inclusive: false, closes };
}

function endsPatch(line: string): boolean {
  return line.startsWith("*** End Patch");
}

function readCode(
  lines: readonly string[],
  first: number,
  start: number,
  { language, indent, inclusive, closes }: OpenedBlock,
): { readonly code: CodeBlock; readonly last: number; readonly nextStart: number } {
  let end = start + (lines[first] ?? "").length;
  let last = first + 1;
  for (; last < lines.length; last++) {
    const line = lines[last] ?? "";
    end += line.length + 1;
    if (closes(line)) break;
  }
  const closed = last < lines.length;
  const inside = lines.slice(inclusive ? first : first + 1, inclusive ? last + 1 : last);
  const code = inside.map((line) => withoutIndent(line, indent)).join("\n");
  return {
    code: { kind: "code", language, code, start, end, closed },
    last,
    nextStart: end + 1,
  };
}

function withoutIndent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && (line[at] === " " || line[at] === "\t")) at++;
  return line.slice(at);
}

/** A blank line does not end a list whose next line is indented or another item. */
function endsParagraph(next: string | undefined): boolean {
  return next !== undefined && !/^(?:\s|[-*+] |\d+[.)] )/.test(next);
}

function closesFence(line: string, marker: string): boolean {
  if (line.length > longestFence) return false;
  const trimmed = line.trim();
  return trimmed.startsWith(marker) && /^(?:`+|~+)$/.test(trimmed);
}
