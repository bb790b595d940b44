import type { ComponentChild } from "preact";
import { findHidden, hasHidden } from "../../src/protocol/hiddenCharacters";

/** The text with invisible characters shown as their code points. */
export function showHidden(text: string): ComponentChild {
  if (!hasHidden(text)) return text;
  const parts: ComponentChild[] = [];
  let at = 0;
  for (const { index, length, codePoint } of findHidden(text)) {
    parts.push(text.slice(at, index), <span class="hidden">{codePoint}</span>);
    at = index + length;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
