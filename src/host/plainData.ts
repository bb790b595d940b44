import { isRecord } from "../core/unchecked";

/*
 * Checks of the few values that are read before the chat is there. What comes from elsewhere is checked with zod, which
 * would be most of what is loaded at the start.
 */

/** The texts of these names, and nothing else; undefined where one of them is missing or no text. */
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

/** A whole number from 0 on, as counts of tokens are. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
