/** The first line that stands in for left-out code and that the file does not have, without its blanks. */
export function findOmission(
  lines: readonly string[],
  fileHas: (trimmed: string) => boolean,
): string | undefined {
  const line = lines.find((text) => isOmission(text) && !fileHas(text.trim()));
  return line?.trim();
}

/**
 * Whether a line stands in for code that the model left out (`// ... existing code ...`). The caller checks
 * that the file does not have that very line.
 */
function isOmission(line: string): boolean {
  const text = line.trim();
  if (text.length > 200) return false;
  const comment = commentText(text);
  if (comment === undefined) return isBracketed(text);
  const dotted = comment.includes("...") || comment.includes("…");
  const words = comment
    .toLowerCase()
    .replace(/[^a-z ]+/g, " ")
    .split(" ")
    .filter((w) => w !== "");
  if (words.length === 0) return dotted;
  const speaksOfRest = words.some((word) => restWords.has(word));
  if (dotted) return speaksOfRest && words.length <= 10;
  const phrase = words.join(" ");
  return restPhrases.some((rest) => phrase.includes(rest)) || restOnly.test(phrase);
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

/** A comment that says no more than that something was there: `<!-- existing content -->`. */
const restOnly =
  /^(?:keep )?(?:the |your |all )*(?:existing|remaining|unchanged|rest of|rest of the) (?:code|contents?|methods|functions|imports|implementation|logic)(?: (?:here|above|below|goes|remains?|stays?|unchanged|the same))*$/;

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

/** `[... rest of the file ...]` and the like, in no language's comment. */
function isBracketed(text: string): boolean {
  const inner = /^[[(<{]?(?:\.{3}|…)(.{0,80}?)(?:\.{3}|…)?[\])>}]?$/.exec(text)?.[1];
  if (inner === undefined) return false;
  const words = inner.toLowerCase().split(/[^a-z]+/);
  return words.some((word) => restWords.has(word)) && words.length <= 10;
}
