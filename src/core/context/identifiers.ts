import type { Lines } from "./codeExcerpt";

/** A name that code uses, with the place of its first use. */
export interface UsedName {
  readonly name: string;
  /** Zero-based, of the document. */
  readonly line: number;
  readonly character: number;
  readonly uses: number;
}

/** The names in some of a document's lines, the most used first; without those in comments and plain strings. */
export function usedNames(
  lines: readonly string[],
  { startLine, endLine }: Lines,
  languageId: string,
): readonly UsedName[] {
  const names = new Map<string, UsedName>();
  const strip = createStripper(languageId);
  for (let line = startLine - 1; line < Math.min(endLine, lines.length); line++) {
    const code = strip((lines[line] ?? "").slice(0, longestLine));
    for (const { 0: name, index: character } of code.matchAll(identifier)) {
      if (keywords.has(name)) continue;
      const known = names.get(name);
      names.set(name, { ...(known ?? { name, line, character }), uses: (known?.uses ?? 0) + 1 });
    }
  }
  return [...names.values()].toSorted((one, other) => other.uses - one.uses);
}

/** Longer lines were not written by a person. */
const longestLine = 1000;

const identifier = /(?<![\w$])[A-Za-z_$][\w$]+/g;

const hashComments = new Set([
  "python",
  "ruby",
  "shellscript",
  "perl",
  "r",
  "julia",
  "elixir",
  "yaml",
]);

/** Blanks out comments and plain strings; called line by line, it remembers open block comments and docstrings. */
function createStripper(languageId: string): (line: string) => string {
  const lineComment = hashComments.has(languageId) ? /#.*$/ : /\/\/.*$/;
  let until: string | undefined;
  return (line) => {
    let rest = line;
    if (until !== undefined) {
      const end = rest.indexOf(until);
      if (end === -1) return blank(rest);
      rest = blank(rest.slice(0, end + until.length)) + rest.slice(end + until.length);
      until = undefined;
    }
    const flat = rest
      .replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, blank)
      .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (text) =>
        // Two quotes may be the beginning of a docstring instead of an empty string.
        /^(?:""|'')$/.test(text) ? text : blank(text),
      )
      .replace(/\/\*.*?\*\//g, blank);
    const opened = /\/\*|"""|'''/.exec(flat);
    if (opened !== null) {
      until = opened[0] === "/*" ? "*/" : opened[0];
      return flat.slice(0, opened.index);
    }
    return flat.replace(lineComment, "");
  };
}

function blank(text: string): string {
  return " ".repeat(text.length);
}

/** Of the most used languages. A name that is wrongly among them costs one definition. */
const keywords = new Set(
  (
    "abstract and any as assert async await boolean bool break byte case catch chan char class const continue " +
    "debugger declare def default defer del delete do double elif else end enum except export extends extern " +
    "false final finally float fn for foreach from func function go goto if impl implements import in int " +
    "interface internal is keyof lambda let long loop match mod module move mut namespace native never new nil " +
    "none None not null number object of operator or override package pass private protected pub public raise " +
    "range readonly ref return satisfies sealed self Self short static string struct super switch this throw " +
    "throws trait true True False try type typeof undefined union unknown unsafe use using var virtual void " +
    "volatile when where while with yield"
  ).split(" "),
);
