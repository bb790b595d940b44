/** The paths below a folder as a tree, one entry a line, two spaces for each level; folders end in `/`. */
export function outlineOf(
  paths: readonly string[],
  most: number,
): { readonly text: string; readonly entriesLeftOut: number } {
  const lines: string[] = [];
  let last: readonly string[] = [];
  let shown = 0;
  for (const path of paths.toSorted(byName)) {
    if (lines.length >= most) break;
    const parts = path.split("/");
    let shared = 0;
    while (shared < parts.length - 1 && parts[shared] === last[shared]) shared++;
    for (const [level, part] of parts.entries()) {
      if (level < shared) continue;
      lines.push(`${"  ".repeat(level)}${part}${level === parts.length - 1 ? "" : "/"}`);
    }
    last = parts;
    shown++;
  }
  return { text: lines.join("\n"), entriesLeftOut: paths.length - shown };
}

function byName(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
