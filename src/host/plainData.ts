import { isRecord } from "../core/unchecked";

/*
 * Checks for the few values that are read before the chat is loaded. Everything else is checked with zod, which would
 * be most of what is loaded at the start.
 */

/** The texts of these names, and nothing else; undefined if one of them is missing or not a text. */
export function readTexts<Name extends string>(
  value: unknown,
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined {
  if (!isRecord(value)) return undefined;
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const text = value[name];
    if (typeof text !== "string") return undefined;
    texts[name] = text;
  }
  return texts as Record<Name, string>;
}

/** A whole number of at least 0, such as a count of tokens. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
