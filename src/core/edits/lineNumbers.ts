import type { ReplaceEdit } from "./edit";

/**
 * The edit without the line numbers of a listing (`12 | x`, `12: x`, `12→x`, as `cat -n` has them), which models copy
 * along. `undefined` where not every line of the search has one, counting up, or only some of the replacement do.
 */
export function withoutLineNumbers(edit: ReplaceEdit): ReplaceEdit | undefined {
  const search = listing(edit.search);
  if (search === undefined || !search.numbers.every((n, i) => n === (search.numbers[0] ?? 0) + i))
    return undefined;
  const replacement = listing(edit.replacement)?.text ?? edit.replacement;
  const isHalfNumbered = replacement === edit.replacement && numberedLine.test(replacement);
  return isHalfNumbered ? undefined : { ...edit, search: search.text, replacement };
}

/** A text of which every line is numbered, taken apart. */
function listing(text: string): { numbers: number[]; text: string } | undefined {
  const [, body = "", end = ""] = /^([^]*?)(\r?\n)?$/.exec(text) ?? [];
  const numbers: number[] = [];
  const lines: string[] = [];
  for (const line of body.split(/\r?\n/)) {
    const [, number, rest = ""] = numberedLine.exec(line) ?? [];
    if (number === undefined) return undefined;
    numbers.push(Number(number));
    lines.push(rest);
  }
  return { numbers, text: lines.join("\n") + end };
}

const numberedLine = /^ {0,8}(\d{1,6})(?: ?\| ?|: ?|→|\t)(.*)$/m;
