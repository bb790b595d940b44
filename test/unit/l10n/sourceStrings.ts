import { readdirSync, readFileSync } from "node:fs";
import { inRoot } from "../../../scripts/system/layout.mjs";

/** A string as JavaScript writes it, in either kind of quotes. */
const literal = /^\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/;

/** All texts that the source gives to `l10n.t`, and the places where what it gives is not a plain string. */
export function sourceStrings(): {
  readonly texts: ReadonlySet<string>;
  readonly unreadable: readonly string[];
} {
  const texts = new Set<string>();
  const unreadable: string[] = [];
  for (const file of readdirSync(inRoot("src"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const source = readFileSync(inRoot("src", file), "utf8");
    for (const { 0: call, index } of source.matchAll(/\bl10n\.t\(/g)) {
      const rest = source.slice(index + call.length, index + call.length + 2000);
      const text = literal.exec(rest)?.[1];
      if (text === undefined) unreadable.push(`${file}: ${rest.slice(0, 40).trim()}`);
      else texts.add(unquoted(text));
    }
  }
  return { texts, unreadable };
}

function unquoted(text: string): string {
  const inside = text.slice(1, -1);
  const asJson = text.startsWith("'")
    ? inside.replaceAll("\\'", "'").replaceAll('"', '\\"')
    : inside;
  return JSON.parse(`"${asJson}"`) as string;
}
