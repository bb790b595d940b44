import type { CodeBlock } from "./codeBlock";
import { declarationsIn } from "./declaration";
import { type Literal, literalsIn, renameIn } from "./lexemes";
import type { LineChange } from "./v4aPatch";

/** What an edit does to one block, and how to say it. */
export interface BlockEdit {
  readonly changes: readonly LineChange[];
  readonly summary: string;
}

/** Renames an identifier in code, not in strings or comments. */
export function renameEdit(block: CodeBlock, from: string, to: string): BlockEdit | undefined {
  const changes = block.lines.flatMap((line, at) => {
    const renamed = renameIn(line, from, to);
    return renamed === line ? [] : [{ at, removed: 1, added: [renamed] }];
  });
  if (changes.length === 0) return undefined;
  return {
    changes,
    summary: `Renamed \`${from}\` to \`${to}\`. Lines changed: ${changes.length}.`,
  };
}

/** Gives the first literal a name, above the outermost function or class that it stands in. */
export function constantEdit(block: CodeBlock, wanted: string | undefined): BlockEdit | undefined {
  const at = block.lines.findIndex((line, index) => isInFocus(block, index) && hasLiteral(line));
  const line = block.lines[at] ?? "";
  const [literal] = literalsIn(line);
  if (literal === undefined) return undefined;
  const name = wanted ?? constantName(literal, line);
  const home = declarationsIn(block).findLast(
    ({ at: start, kind, indent: depth }) =>
      start <= at && depth === "" && /^(?:function|class)/.test(kind),
  );
  const homeAt = home?.at ?? at;
  const indent = /^\s*/.exec(block.lines[homeAt] ?? "")?.[0] ?? "";
  const use = line.slice(0, literal.index) + name + line.slice(literal.index + literal.text.length);
  const declaration = `${indent}const ${name} = ${literal.text};`;
  const changes =
    homeAt === at
      ? [{ at, removed: 1, added: [declaration, use] }]
      : [
          { at: homeAt, removed: 0, added: [declaration, ""] },
          { at, removed: 1, added: [use] },
        ];
  return { changes, summary: `Extracted \`${literal.text}\` into the constant \`${name}\`.` };
}

function isInFocus({ focus }: CodeBlock, at: number): boolean {
  return at >= focus.from && at <= focus.to;
}

function hasLiteral(line: string): boolean {
  return literalsIn(line).length > 0;
}

function constantName(literal: Literal, line: string): string {
  const words = /^["']/.test(literal.text)
    ? literal.text
    : (/([A-Za-z_$][\w$]*)\s*(?:[=:<>*+/-]|\()[^=]*$/.exec(line.slice(0, literal.index))?.[1] ??
      "");
  const parts = words.match(/[A-Za-z][a-z0-9]*/g) ?? [];
  const name = parts
    .slice(0, 3)
    .map((part) => part.toUpperCase())
    .join("_");
  return name === "" ? "EXTRACTED_VALUE" : `${name}_VALUE`;
}

/** Puts a doc comment above the first declaration that has none. */
export function docCommentEdit(block: CodeBlock): BlockEdit | undefined {
  const bare = declarationsIn(block).find(({ at }) => {
    if (!isInFocus(block, at)) return false;
    const above = (block.lines[at - 1] ?? "").trim();
    return !above.endsWith("*/") && !above.startsWith("//");
  });
  if (bare === undefined) return undefined;
  const { indent } = bare;
  const text = `${sentenceOf(bare.name)} (${bare.kind}).`;
  const added =
    bare.parameters.length === 0
      ? [`${indent}/** ${text} */`]
      : [
          `${indent}/**`,
          `${indent} * ${text}`,
          ...bare.parameters.map((name) => `${indent} * @param ${name} - ${sentenceOf(name)}.`),
          `${indent} */`,
        ];
  return {
    changes: [{ at: bare.at, removed: 0, added }],
    summary: `Added a doc comment to \`${bare.name}\`.`,
  };
}

/** `readAllLines` becomes "Read all lines". */
function sentenceOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_$]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
