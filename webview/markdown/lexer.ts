import type { Lexer, Token } from "marked";

let library: typeof Lexer | undefined;

/** Makes the lexer and its rules, which takes 12 ms: not before there is something to read. */
export async function loadLexer(): Promise<void> {
  ({ Lexer: library } = await import("marked"));
}

/** The tokens of a Markdown text. Throws before the lexer is loaded, and at what it cannot read. */
export function lex(source: string): readonly Token[] {
  if (library === undefined) throw new Error("The lexer is not loaded yet.");
  return library.lex(source, { gfm: true });
}
