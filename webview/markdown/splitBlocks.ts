/** A run of Markdown that renders by itself. */
export type MarkdownBlock =
  | { readonly kind: "text"; readonly source: string }
  | { readonly kind: "code"; readonly language: string; readonly code: string };

/**
 * Splits Markdown at its fences and blank lines. Only the last block of a growing text ever changes, so
 * what is drawn of those before it stays. A patch is shown as code, since Markdown would eat its markers.
 */
export function splitBlocks(markdown: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let text: string[] = [];
  const flush = () => {
    if (text.some((line) => line.trim() !== ""))
      blocks.push({ kind: "text", source: text.join("\n") });
    text = [];
  };
  const lines = markdown.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const fence = openFence(line);
    if (fence !== undefined) {
      flush();
      const end = findFrom(lines, index + 1, (other) => closesFence(other, fence.marker));
      blocks.push({ kind: "code", language: fence.language, code: slice(lines, index + 1, end) });
      index = end;
    } else if (line.startsWith("*** Begin Patch")) {
      flush();
      const end = findFrom(lines, index + 1, (other) => other.startsWith("*** End Patch"));
      blocks.push({ kind: "code", language: "diff", code: slice(lines, index, end + 1) });
      index = end;
    } else if (line.trim() === "" && endsParagraph(lines[index + 1])) {
      flush();
    } else {
      text.push(line);
    }
  }
  flush();
  return blocks;
}

/** A blank line does not end a list whose next line is indented or another item. */
function endsParagraph(next: string | undefined): boolean {
  return next !== undefined && !/^(?:\s|[-*+] |\d+[.)] )/.test(next);
}

function openFence(line: string): { marker: string; language: string } | undefined {
  const match = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/.exec(line);
  const [, marker, language = ""] = match ?? [];
  return marker === undefined ? undefined : { marker, language };
}

function closesFence(line: string, marker: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(marker) && /^(?:`+|~+)$/.test(trimmed);
}

function findFrom(
  lines: readonly string[],
  start: number,
  matches: (line: string) => boolean,
): number {
  for (let index = start; index < lines.length; index++)
    if (matches(lines[index] ?? "")) return index;
  return lines.length;
}

function slice(lines: readonly string[], start: number, end: number): string {
  return lines.slice(start, end).join("\n");
}
