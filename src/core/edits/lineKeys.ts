/**
 * How far two lines may differ and still count as the same, from strict to lenient. "indentation" and
 * "look-alikes" forgive blanks at one end of a line, not at both.
 */
export const matchLevels = ["exact", "trailing-space", "indentation", "look-alikes"] as const;
export type MatchLevel = (typeof matchLevels)[number];

/** The part of a line that two lines must share to be the same at a level. */
export function lineKey(text: string, level: MatchLevel): string {
  switch (level) {
    case "exact":
      return text;
    case "trailing-space":
      return text.trimEnd();
    case "indentation":
      return text.trim();
    case "look-alikes":
      return plainText(text).trim();
  }
}

/** Whether two lines of the same key really match at a level. */
export function sameAtLevel(a: string, b: string, level: MatchLevel): boolean {
  switch (level) {
    case "exact":
    case "trailing-space":
      return true;
    case "indentation":
      return a.trimEnd() === b.trimEnd() || a.trimStart() === b.trimStart();
    case "look-alikes":
      return sameAtLevel(plainText(a), plainText(b), "indentation");
  }
}

/** The text with typographic quotes, dashes and blanks, and a leading `\t\t` in letters, written plainly. */
function plainText(text: string): string {
  let plain = text.startsWith("\\t\\t") ? unescapeTabs(text) : text;
  if (nonAscii.test(plain)) plain = plainCharacters(plain.normalize("NFC")).replaceAll("…", "...");
  return plain;
}

/** Plain quotes, dashes and blanks for typographic ones, character by character. */
export function plainCharacters(text: string): string {
  return nonAscii.test(text)
    ? text.replace(lookAlike, (character) => plainForms.get(character) ?? character)
    : text;
}

/** Tabs for a leading run of two or more `\t` in letters, which no language writes there. */
export function unescapeTabs(text: string): string {
  let tabs = 0;
  while (text.startsWith("\\t", tabs * 2)) tabs++;
  return tabs < 2 ? text : "\t".repeat(tabs) + text.slice(tabs * 2);
}

/** The blanks a line starts with. */
export function indentationOf(text: string): string {
  return text.slice(0, text.length - text.trimStart().length);
}

/** Whether a line says enough to tell a place by: not blank, and more than a few brackets. */
export function isTelling(key: string): boolean {
  if (key.length >= 20) return true;
  let letters = 0;
  for (let i = 0; i < key.length && letters < 3; i++) {
    const code = key.charCodeAt(i);
    if (code > 127 || isLetterOrDigit(code)) letters++;
  }
  return letters >= 3;
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

const nonAscii = /[\u0080-\uffff]/;
const plainForms = new Map<string, string>();
for (const [plain, forms] of [
  ["'", "‘’‚‛′‵＇"],
  ['"', "“”„‟″‶＂"],
  ["-", "‐‑‒–—―−﹣－"],
  [
    " ",
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
  ],
] as const) {
  for (const form of forms) plainForms.set(form, plain);
}
const lookAlike = new RegExp(`[${[...plainForms.keys()].join("")}]`, "g");
