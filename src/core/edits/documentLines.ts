/** A file as lines without their endings, and the endings (`""` only on a last line that has none). */
export interface DocumentLines {
  readonly byteOrderMark: boolean;
  readonly texts: string[];
  readonly endings: string[];
}

/** Splits a text into lines that carry their endings: `\n`, `\r\n` or a lone `\r`. */
export function splitLines(text: string): string[] {
  // The search for "\r" stays out of the loop's function: compiled into it, it runs once for every line.
  return text.includes("\r") ? splitAt(text, endOfLine) : splitAt(text, endAtNewline);
}

export function parseDocument(text: string): DocumentLines {
  const byteOrderMark = text.startsWith("\uFEFF");
  const texts: string[] = [];
  const endings: string[] = [];
  for (const line of splitLines(byteOrderMark ? text.slice(1) : text)) {
    const ending = endingOf(line);
    texts.push(ending === "" ? line : line.slice(0, -ending.length));
    endings.push(ending);
  }
  return { byteOrderMark, texts, endings };
}

export function formatDocument({ byteOrderMark, texts, endings }: DocumentLines): string {
  const parts = texts.map((text, index) => text + (endings[index] ?? ""));
  return (byteOrderMark ? "\uFEFF" : "") + parts.join("");
}

/** The ending that most lines have; `\n` for a file without any. */
export function usualEnding(endings: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const ending of endings) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  let usual = "\n";
  let most = 0;
  for (const [ending, count] of counts) {
    if (ending !== "" && count > most) [usual, most] = [ending, count];
  }
  return usual;
}

export function hasMixedEndings(endings: readonly string[]): boolean {
  const first = endings[0];
  return endings.some((ending) => ending !== first && ending !== "");
}

/** The text with every line ending replaced. */
export function withEndings(text: string, ending: string): string {
  return text.replace(/\r\n|\r|\n/g, () => ending);
}

function splitAt(text: string, endOf: (text: string, start: number) => number): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOf(text, start);
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

function endAtNewline(text: string, start: number): number {
  return text.indexOf("\n", start) + 1 || text.length;
}

function endOfLine(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) return i + 1;
    if (code === 13) return text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
  }
  return text.length;
}

function endingOf(line: string): string {
  if (line.endsWith("\r\n")) return "\r\n";
  if (line.endsWith("\n")) return "\n";
  return line.endsWith("\r") ? "\r" : "";
}
