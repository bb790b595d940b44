import type { ComponentChild } from "preact";

/**
 * What can make text look like another one, or hide some: marks of writing direction, zero-width and tag
 * characters, variation selectors, control characters. Joiners in emoji and in the scripts that need them pass.
 */
const hidden =
  /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f[[\p{L}\p{M}]--\p{ASCII}]])[\u200c\u200d]|(?<![\p{Emoji}[\p{L}--\p{ASCII}]])[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}]|[\p{Cc}--[\t\n\r]]/v;
const everyHidden = new RegExp(hidden.source, "gv");

export function hasHidden(text: string): boolean {
  return hidden.test(text);
}

/** The text with what would not be seen of it shown as its code point. */
export function showHidden(text: string): ComponentChild {
  if (!hasHidden(text)) return text;
  const parts: ComponentChild[] = [];
  let at = 0;
  // Not `matchAll`, which compiles the expression anew at each call, for milliseconds.
  everyHidden.lastIndex = 0;
  for (let found = everyHidden.exec(text); found !== null; found = everyHidden.exec(text)) {
    const { 0: character, index } = found;
    parts.push(text.slice(at, index), <span class="hidden">{codePoint(character)}</span>);
    at = index + character.length;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
