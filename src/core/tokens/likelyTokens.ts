/**
 * How many tokens a text likely makes under o200k, without its 2 MB of vocabulary: the text is cut where
 * that tokenizer cuts, into runs of one kind of character, and each run is weighed. Measured against
 * o200k_harmony on 565 files of code, prose and data (2026-11): 98 % within -10 % and +20 %.
 */
export function likelyTokens(text: string): number {
  let tokens = 0;
  let kind: CharacterKind | undefined;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const next = kindOf(text.charCodeAt(index));
    if (next === kind) {
      length++;
    } else if (kind === "upper" && next === "lower") {
      // The last capital of `HTTPServer` begins the next word.
      if (length > 1) tokens += weigh("upper", length - 1);
      kind = "lower";
      length = 2;
    } else {
      if (kind !== undefined) tokens += weigh(kind, length);
      kind = next;
      length = 1;
    }
  }
  return kind === undefined ? 0 : tokens + weigh(kind, length);
}

type CharacterKind =
  | "lower"
  | "upper"
  | "digit"
  | "space"
  | "lineBreak"
  | "punctuation"
  | "nearLatin"
  | "dense"
  | "rare";

function kindOf(code: number): CharacterKind {
  if (code >= 0x61 && code <= 0x7a) return "lower";
  if (code >= 0x41 && code <= 0x5a) return "upper";
  if (code >= 0x30 && code <= 0x39) return "digit";
  if (code === 0x20 || code === 0x09) return "space";
  if (code === 0x0a || code === 0x0d) return "lineBreak";
  if (code < 0x80) return "punctuation";
  // Accented Latin, Greek, Cyrillic, Hebrew, Arabic.
  if (code < 0x800) return "nearLatin";
  // Symbols, arrows, box drawing; surrogates, of which two make an emoji.
  if ((code >= 0x2000 && code < 0x2e80) || (code >= 0xd800 && code < 0xf900)) return "rare";
  // Scripts of Asia.
  return "dense";
}

/** Tokens of a run of `length` characters of one kind. */
function weigh(kind: CharacterKind, length: number): number {
  switch (kind) {
    case "lower":
      // Common words are one token; what is longer than a word is data.
      if (length <= 6) return 0.92;
      return length <= 14 ? 1 + (length - 6) * 0.11 : length / 2.2;
    case "upper":
      if (length <= 3) return 1;
      return length <= 14 ? 1 + (length - 3) * 0.2 : length / 2.2;
    case "digit":
      return Math.ceil(length / 3);
    case "space":
      // One space belongs to the word behind it.
      return length === 1 ? 0.05 : 0.9;
    case "lineBreak":
      return 0.5;
    case "punctuation":
      return length === 1 ? 0.85 : length / 2.1;
    case "nearLatin":
      return length * 0.4;
    case "dense":
      return length * 0.85;
    case "rare":
      return length * 1.3;
  }
}
