/** One statement that brings names into a file. */
export interface ImportStatement {
  /** One-based. */
  readonly line: number;
  readonly text: string;
  readonly names: ReadonlySet<string>;
}

const opening =
  /^\s*(?:import\b|from\s+\S+\s+import\b|use\s+[\w:]|using\s+[\w.]|#\s*include\b|(?:const|let|var)\s.*=\s*require\(|require(?:_relative)?\b)/;

/** The most lines that are searched for imports. */
const longestHead = 200;
/** A longer statement, in lines, says too little for its tokens. */
const longestStatement = 8;

/** The import statements at the head of a file, for languages whose imports are recognised by their first word. */
export function importsIn(lines: readonly string[]): readonly ImportStatement[] {
  const found: ImportStatement[] = [];
  const head = lines.slice(0, longestHead);
  for (let line = 0; line < head.length; line++) {
    if (!opening.test(head[line] ?? "")) continue;
    const first = line;
    let depth = depthOf(head[line] ?? "");
    while (depth > 0 && line + 1 < head.length) depth += depthOf(head[++line] ?? "");
    if (line - first >= longestStatement) continue;
    const text = head.slice(first, line + 1).join("\n");
    found.push({ line: first + 1, text, names: namesIn(text) });
  }
  return found;
}

function depthOf(line: string): number {
  return (line.match(/[({]/g)?.length ?? 0) - (line.match(/[)}]/g)?.length ?? 0);
}

const words = new Set(["import", "from", "type", "use", "using", "require", "const", "as"]);

/** The names outside of quotes; in languages that quote the whole path, the last part of each. */
function namesIn(text: string): ReadonlySet<string> {
  const outside = text.replace(/"[^"]*"|'[^']*'/g, " ");
  const names = (outside.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !words.has(name));
  if (names.length > 0) return new Set(names);
  const paths = [...text.matchAll(/["']([^"']*)["']/g)].map(([, path = ""]) => path);
  return new Set(paths.map((path) => path.slice(path.lastIndexOf("/") + 1)));
}
