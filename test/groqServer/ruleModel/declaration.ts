import type { CodeBlock } from "./codeBlock";

/** Something that a line of code declares. */
export interface Declaration {
  /** 0-based, within the block. */
  readonly at: number;
  readonly kind: string;
  readonly name: string;
  readonly parameters: readonly string[];
  readonly indent: string;
}

const pattern =
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:pub\s+)?(?:async\s+)?(function\*?|class|interface|type|enum|const|let|var|def|fn|func|struct)\s+([A-Za-z_$][\w$]*)\s*(?:<[^>]*>)?(?:\(([^)]*)\))?/;
const method =
  /^(\s+)(?:(?:public|private|protected|static|async|override)\s+)*([a-z_$][\w$]*)\(([^)]*)\)[^;]*\{\s*$/i;
const keywords = new Set(["if", "for", "while", "switch", "catch", "return", "function", "with"]);

/** The declarations of a block, from the shape of its lines. */
export function declarationsIn(block: CodeBlock): Declaration[] {
  return block.lines.flatMap((line, at) => {
    const declared = pattern.exec(line);
    if (declared !== null) {
      const [, indent = "", kind = "", name = "", parameters = ""] = declared;
      return [{ at, kind, name, indent, parameters: parameterNames(parameters) }];
    }
    const [, indent = "", name = "", parameters = ""] = method.exec(line) ?? [];
    if (name === "" || keywords.has(name)) return [];
    return [{ at, kind: "method", name, indent, parameters: parameterNames(parameters) }];
  });
}

function parameterNames(list: string): string[] {
  return list
    .split(",")
    .map((parameter) => /^[\s.]*(?:readonly\s+)?([A-Za-z_$][\w$]*)/.exec(parameter)?.[1] ?? "")
    .filter((name) => name !== "");
}
