/** The run of lines around `line` up to the next empty ones; zero-based. Undefined on an empty line. */
export function paragraphAt(
  lines: readonly string[],
  line: number,
): { readonly first: number; readonly last: number } | undefined {
  const isBlank = (at: number) => (lines[at] ?? "").trim() === "";
  if (isBlank(line)) return undefined;
  let first = line;
  while (first > 0 && !isBlank(first - 1)) first--;
  let last = line;
  while (last < lines.length - 1 && !isBlank(last + 1)) last++;
  return { first, last };
}
