import { indentationOf } from "./lineKeys";

/** The first line that stands in for left-out code and that the file does not have, without its blanks. */
export function findOmission(
  lines: readonly string[],
  path: string,
  fileHas: (trimmed: string) => boolean,
): string | undefined {
  const omits = (text: string, at: number): boolean =>
    isOmission(text, path) || (isPython(path) && isDotted(text) && hasMoreInBlock(lines, at));
  return lines.find((text, at) => omits(text, at) && !fileHas(text.trim()))?.trim();
}

/**
 * Whether a line stands in for code that the model left out (`// ... existing code ...`). The caller checks
 * that the file does not have that very line.
 */
function isOmission(line: string, path: string): boolean {
  const text = line.trim();
  if (text.length > 200) return false;
  if (isDotted(text)) return !mayBeDots(line, path);
  const comment = commentText(text.replace(/^(?:pass|\.{3})\s+(?=#)/, ""));
  if (comment !== undefined) return standsForRest(comment) && !isHeading(text, path);
  return isBracketed(text) || commentsWithin(text).some(standsForRest);
}

/** `## Existing code` in Markdown. */
function isHeading(text: string, path: string): boolean {
  return /^#{1,6} [^.…]*$/.test(text) && /\.(?:md|mdx|markdown)$/i.test(path);
}

function isDotted(line: string): boolean {
  const text = line.trim();
  return text === "..." || text === "…";
}

/** Whether a line of three dots may be a file's own: they are code within a Python block, and text in prose. */
function mayBeDots(line: string, path: string): boolean {
  if (isPython(path)) return line.trimStart() !== line;
  return !dotlessLanguages.test(path);
}

function isPython(path: string): boolean {
  return /\.pyi?$/i.test(path);
}

/** Whether a line is not the last of its block: as all that a Python block has, three dots are code. */
function hasMoreInBlock(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at + 1).find((text) => text.trim() !== "");
  return next !== undefined && indentationOf(next) === indentationOf(lines[at] ?? "");
}

const dotlessLanguages =
  /\.(?:[cm]?[jt]sx?|java|kt|cs|go|rs|c|cc|cpp|hp*|php|swift|scala|dart|s?css|vue|svelte|sql|json)$/i;

/** Whether a comment's words stand for what was there. */
function standsForRest(comment: string): boolean {
  const dotted = comment.includes("...") || comment.includes("…");
  const words = comment
    .toLowerCase()
    .replace(/[^a-z ]+/g, " ")
    .split(" ")
    .filter((w) => w !== "");
  if (words.length === 0) return dotted;
  const speaksOfRest = words.some((word) => restWords.has(word));
  if (dotted && speaksOfRest) return words.length <= 10;
  const phrase = words.join(" ");
  return (
    restPhrases.some((rest) => phrase.includes(rest)) || restOnly.some((rest) => rest.test(phrase))
  );
}

const restWords = new Set(
  "existing rest remaining unchanged same previous original omitted before above other keep unmodified".split(
    " ",
  ),
);
const restPhrases = [
  "rest of the code",
  "rest of the file",
  "rest of the function",
  "rest of the class",
  "rest of the implementation",
  "rest of code",
  "rest of file",
  "rest remains",
  "remaining code",
  "code remains the same",
  "code remains unchanged",
  "remains unchanged",
  "unchanged code",
  "omitted for brevity",
];

const code =
  "(?:code|contents?|methods|functions|imports|class(?:es)?|implementation|logic|jsx|markup|head|body|routes|tests|styles)";
const asBefore =
  "(?:(?:is|are|remains?|stays?) )?(?:(?:the )?same(?: as before)?|unchanged|intact|as before|as is|as (?:it|they) (?:is|was|are|were))";

/** Comments that say no more than that something was there: `<!-- existing content -->`. */
const restOnly = [
  /^(?:keep )?(?:the |your |all )*(?:existing|remaining|unchanged|rest of|rest of the) (?:code|contents?|methods|functions|imports|implementation|logic|jsx|markup)(?: (?:here|above|below|goes|remains?|stays?|unchanged|the same))*$/,
  /^(?:same as before|unchanged|(?:code )?omitted|keep (?:the rest|everything else)(?: \w+){0,3}|no changes? (?:here|above|below|needed)(?: \w+){0,3})$/,
  /^(?:snip|and so on|etc|(?:other|more) code)$/,
  new RegExp(
    `^(?:(?:insert|the|your|all|any) )*(?:existing|remaining|other|more|previous|original) ${code} (?:here|${asBefore})$`,
  ),
  new RegExp(`^(?:the |and |all )*(?:rest|remainder|everything else|${code}) ${asBefore}$`),
];

/** The words of a line that is a comment and nothing else. */
function commentText(text: string): string | undefined {
  for (const [open, close] of comments) {
    if (text.startsWith(open) && text.endsWith(close) && text.length > open.length) {
      return text.slice(open.length, text.length - close.length).trim();
    }
  }
  return undefined;
}

const comments = [
  ["{/*", "*/}"],
  ["/*", "*/"],
  ["<!--", "-->"],
  ["//", ""],
  ["#", ""],
  ["--", ""],
  [";", ""],
  ["%", ""],
] as const;

function commentsWithin(text: string): string[] {
  return [...text.matchAll(/\/\*(.{0,80}?)\*\//g)].map(([, inside = ""]) => inside.trim());
}

/** `[... rest of the file ...]`, `(rest of methods ...)`, `<rest unchanged>` and the like, in no language's comment. */
function isBracketed(text: string): boolean {
  const [, undotted = ""] = /^[[(<{]([A-Za-z ,]{1,80})[\])>}]$/.exec(text) ?? [];
  if (undotted.includes(" ") && standsForRest(undotted)) return true;
  const dotted = dotsFirst.exec(text) ?? dotsLast.exec(text);
  const inner = dotted?.[1];
  // `...rest,` is an element of a list.
  if (inner === undefined || /^[\w$]+$|^[\w$].*[,.;(=]/.test(inner)) return false;
  const words = inner.toLowerCase().split(/[^a-z]+/);
  return words.some((word) => restWords.has(word)) && words.length <= 10;
}

const dotsFirst = /^[[(<{]?(?:\.{3}|…)(.{0,80}?)(?:\.{3}|…)?[\])>}]?$/;
const dotsLast = /^[[(<{](.{0,80}?)(?:\.{3}|…)[\])>}]$/;
