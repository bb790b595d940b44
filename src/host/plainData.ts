import { isRecord } from "../core/unchecked";

/**
 * The texts of these names, and nothing else; undefined if one of them is missing or not a text. For what is read before
 * the chat is loaded: zod, which checks everything else, would be most of what is loaded at the start.
 */
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
