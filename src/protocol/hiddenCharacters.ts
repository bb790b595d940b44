/** A character that is invisible, or that makes text look different from what it is. */
export interface HiddenCharacter {
  /** UTF-16 offset in the text. */
  readonly index: number;
  /** UTF-16 units. */
  readonly length: number;
  /** `U+202E`. */
  readonly codePoint: string;
}

/**
 * Bidirectional controls, zero-width and tag characters, variation selectors, control characters. Joiners in
 * emoji and in the scripts that need them are allowed.
 */
const hidden =
  /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f[[\p{L}\p{M}]--\p{ASCII}]])[\u200c\u200d]|(?<![\p{Emoji}[\p{L}--\p{ASCII}]])[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}]|[\p{Cc}--[\t\n\r\f]]/v;
const everyHidden = new RegExp(hidden.source, "gv");

export function hasHidden(text: string): boolean {
  return hidden.test(text);
}

export function findHidden(text: string): readonly HiddenCharacter[] {
  const all: HiddenCharacter[] = [];
  // Not `matchAll`, which compiles the expression again at each call and takes milliseconds.
  everyHidden.lastIndex = 0;
  for (let found = everyHidden.exec(text); found !== null; found = everyHidden.exec(text)) {
    const { 0: character, index } = found;
    all.push({ index, length: character.length, codePoint: codePointOf(character) });
  }
  return all;
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
