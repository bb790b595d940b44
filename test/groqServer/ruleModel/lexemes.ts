/** Strings and comments, which a rename leaves alone, or one whole identifier or number. */
const lexeme =
  /(\/\/.*|\/\*.*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)|([A-Za-z_$][\w$]*)|(\d[\w.]*)/g;

/** The line with an identifier renamed wherever it stands as code. */
export function renameIn(line: string, from: string, to: string): string {
  return line.replace(lexeme, (whole, _skipped: unknown, name: string | undefined) =>
    name === from ? to : whole,
  );
}

/** A number or string in a line of code. */
export interface Literal {
  readonly text: string;
  readonly index: number;
}

/** The literals of a line that deserve a name: not 0, 1 or an empty string. */
export function literalsIn(line: string): Literal[] {
  if (/^\s*(?:import|export .* from|\*|\/[/*]|#)/.test(line)) return [];
  const found: Literal[] = [];
  for (const match of line.matchAll(lexeme)) {
    const [text, skipped, name] = match;
    if (name !== undefined || /^[01]$/.test(text)) continue;
    if (skipped !== undefined && !/^["'].{2,}["']$/.test(text)) continue;
    found.push({ text, index: match.index });
  }
  return found;
}
