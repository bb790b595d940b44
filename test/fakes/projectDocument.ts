import type { Uri } from "./vscode";

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Place;
  readonly end: Place;
}

const languages = new Map([
  ["go", "go"],
  ["js", "javascript"],
  ["py", "python"],
  ["ts", "typescript"],
]);

/** An open text document with `\n` lines, as far as the host's code reads one. */
export class ProjectDocument {
  readonly uri: Uri;
  readonly languageId: string;
  readonly isUntitled: boolean;
  isClosed = false;
  #lines: readonly string[];

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.isUntitled = uri.scheme === "untitled";
    const ending = uri.path.slice(uri.path.lastIndexOf(".") + 1);
    this.languageId = languages.get(ending) ?? "plaintext";
    this.#lines = text.split("\n");
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  getText(span?: Span): string {
    if (span === undefined) return this.#lines.join("\n");
    const { start, end } = span;
    const within = this.#lines.slice(start.line, end.line + 1);
    return within
      .map((text, index) => {
        const to = start.line + index === end.line ? end.character : text.length;
        return text.slice(index === 0 ? start.character : 0, to);
      })
      .join("\n");
  }

  lineAt(line: number) {
    const text = this.#lines[line];
    if (text === undefined) throw new Error(`there is no line ${line}`);
    return {
      text,
      range: { start: { line, character: 0 }, end: { line, character: text.length } },
    };
  }

  validateRange({ start, end }: Span): Span {
    return { start: this.#within(start), end: this.#within(end) };
  }

  replace({ start, end }: Span, text: string): void {
    const before = this.getText({ start: { line: 0, character: 0 }, end: start });
    const after = this.getText({ start: end, end: this.#end() });
    this.#lines = (before + text + after).split("\n");
  }

  #end(): Place {
    return { line: this.lineCount - 1, character: this.#lines.at(-1)?.length ?? 0 };
  }

  #within({ line, character }: Place): Place {
    const text = this.#lines[line];
    return text === undefined ? this.#end() : { line, character: Math.min(character, text.length) };
  }
}
