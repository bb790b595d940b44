/** A character that is not seen where it stands, or that makes text look like another one. */
export interface HiddenCharacter {
  /** Zero-based, of the lines that were handed in. */
  readonly line: number;
  /** UTF-16 offset in the line. */
  readonly character: number;
  /** UTF-16 units. */
  readonly length: number;
  /** `U+202E`. */
  readonly codePoint: string;
}

/**
 * Marks of writing direction, zero-width and tag characters, variation selectors, control characters. Joiners in
 * emoji and in the scripts that need them pass.
 */
const hidden =
  /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f[[\p{L}\p{M}]--\p{ASCII}]])[\u200c\u200d]|(?<![\p{Emoji}[\p{L}--\p{ASCII}]])[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}]|[\p{Cc}--[\t\n\r\f]]/gv;

export function findHidden(lines: readonly string[]): readonly HiddenCharacter[] {
  return lines.flatMap((text, line) =>
    [...text.matchAll(hidden)].map(({ 0: found, index }) => ({
      line,
      character: index,
      length: found.length,
      codePoint: `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    })),
  );
}
