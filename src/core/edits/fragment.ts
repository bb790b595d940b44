import { isTelling } from "./lineKeys";

/**
 * Whether a text given as the whole of a file is only a piece of it: most of it is the file's own, most of the file is
 * not in it, and it does not begin and end as the file does.
 */
export function isFragment(text: readonly string[], file: readonly string[]): boolean {
  const own = tellingLines(file);
  const given = tellingLines(text);
  if (own.length < leastLines) return false;
  if (given[0] === own[0] && given.at(-1) === own.at(-1)) return false;
  const known = new Set(own);
  const kept = given.filter((line) => known.has(line)).length;
  return kept >= given.length * mostlyOwn && kept < own.length / 2;
}

/** A smaller file is soon rewritten with half of its lines. */
const leastLines = 12;
const mostlyOwn = 0.6;

function tellingLines(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter(isTelling);
}
