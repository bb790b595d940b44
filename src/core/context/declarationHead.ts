/** A declaration without its body: its comment, shortened, and the lines that say what it takes and gives. */
export interface DeclarationHead {
  /** One-based, of the declaration itself. */
  readonly line: number;
  readonly text: string;
}

const longestComment = 3;
const longestSignature = 6;
const mostMembers = 10;

/**
 * The head of the declaration that a language server places at `line`. `endLine`, if known, is the declaration's
 * last line; both one-based.
 */
export function declarationHead(
  lines: readonly string[],
  line: number,
  endLine: number = lines.length,
): DeclarationHead {
  const first = line - 1;
  const end = Math.min(endLine, lines.length);
  const declared = lines[first] ?? "";
  const body = isShape.test(declared)
    ? shapeOf(lines.slice(first, end))
    : signatureOf(lines.slice(first, end));
  return { line, text: [...commentAbove(lines, first), ...body].join("\n") };
}

/** Declarations that consist of members. */
const isShape =
  /^\s*(?:export\s+|default\s+|declare\s+|pub(?:\([^)]*\))?\s+|public\s+|private\s+|internal\s+|abstract\s+|sealed\s+|final\s+|data\s+)*(?:interface|type|enum|struct|trait|class|record|union|protocol)\b/;

/** A function's lines up to its body; the first line of a value. */
function signatureOf(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let depth = 0;
  for (const line of lines.slice(0, longestSignature)) {
    kept.push(line);
    depth += (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0);
    if (depth <= 0) break;
  }
  return kept;
}

/** The first line and the members that follow it, until one has a body. */
function shapeOf(lines: readonly string[]): readonly string[] {
  const [head = "", ...rest] = lines;
  const kept = [head];
  if (/[;}]\s*$/.test(head)) return kept;
  const indent = indentOf(head);
  for (const line of rest.slice(0, mostMembers)) {
    const closes = line.trim() !== "" && indentOf(line) <= indent;
    const ends = closes && !/^\s*[|&]/.test(line);
    if (line.trim() === "" || hasBody.test(line)) break;
    if (!ends || /^\s*[})]/.test(line)) kept.push(line);
    if (ends) break;
  }
  return kept;
}

const hasBody =
  /^\s*(?:async\s+|static\s+|pub\s+|public\s+|private\s+)*(?:def|fn|fun|func|constructor)\b|\)[^;]*\{\s*$/;

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

/** The comment and the decorators right above a line; only the beginning of a long comment. */
function commentAbove(lines: readonly string[], line: number): readonly string[] {
  let first = line;
  while (first > 0 && isAbout.test(lines[first - 1] ?? "")) first--;
  const comment = lines.slice(first, line);
  return comment.length <= longestComment
    ? comment
    : [...comment.slice(0, longestComment - 1), `${comment[longestComment - 1] ?? ""} …`];
}

const isAbout = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|!))|@|--|;;)/;
