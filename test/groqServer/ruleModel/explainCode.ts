import type { CodeBlock } from "./codeBlock";
import { type Declaration, declarationsIn } from "./declaration";

/** Outlines code and says what can be told from its shape. */
export function explainCode(block: CodeBlock): string {
  const declarations = declarationsIn(block);
  const last = block.firstLine + block.lines.length - 1;
  const where = block.path === undefined ? "The code" : `\`${block.path}\``;
  return [
    `${where}, lines ${block.firstLine}-${last}:`,
    "",
    ...outline(block, declarations),
    "",
    shapeOf(block),
  ].join("\n");
}

function outline(block: CodeBlock, declarations: readonly Declaration[]): string[] {
  if (declarations.length === 0) return ["- It declares nothing by name."];
  return declarations.map(({ at, kind, name, indent, parameters }) => {
    const takes = parameters.length === 0 ? "" : ` takes ${parameters.map(quoted).join(", ")}`;
    const depth = " ".repeat(Math.min(4, indent.length));
    return `${depth}- line ${block.firstLine + at}: ${kind} \`${name}\`${takes}`;
  });
}

function shapeOf(block: CodeBlock): string {
  const code = block.lines.join("\n");
  const count = (pattern: RegExp): number => code.match(pattern)?.length ?? 0;
  const facts = [
    `Lines that are not empty: ${block.lines.filter((line) => line.trim() !== "").length}`,
    `branches: ${count(/\b(?:if|switch|case)\b|\?\?|\?(?![.:])/g)}`,
    `loops: ${count(/\b(?:for|while|forEach|map|reduce)\b/g)}`,
    `returns: ${count(/\breturn\b/g)}`,
  ];
  const waits = /\bawait\b/.test(code) ? " It waits for asynchronous work." : "";
  const throws = /\bthrow\b|\braise\b/.test(code) ? " It can throw." : "";
  return `${facts.join(", ")}.${waits}${throws}`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}
