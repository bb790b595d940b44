/** Code that stands in a prompt. */
export interface CodeBlock {
  /** As the prompt names it; absent when it names none. */
  readonly path: string | undefined;
  /** Number of the first line in its file, 1 when the prompt does not say. */
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** Line indexes, within the block, that the prompt is about; all of it unless it says otherwise. */
  readonly focus: { readonly from: number; readonly to: number };
}

/** A prompt taken apart: the code in it, and the words around the code. */
export interface PromptContent {
  readonly blocks: readonly CodeBlock[];
  readonly words: string;
}

/** A block while the words that come after it are not read yet. */
type UnfocusedBlock = Omit<CodeBlock, "focus">;

const fence = /^(`{3,}|~{3,})(.*)$/;
const namedPath = /(?:^|[\s`"'(*:])((?:[\w@.-]+\/)*[\w@.-]+\.[A-Za-z]\w{0,9})(?=$|[\s`"'),:*])/;
/** Names without an ending, too: an unsaved document is called `Untitled-1`. */
const fileHeading = /^File: (\S+) \(lines \d/;
const lineRange = /\b(?:lines?|L)\s*(\d+)/i;
const selection = /\bselected lines (\d+)-(\d+)/;

/**
 * Finds fenced code blocks and, for each, a path in its info string or in the few lines above it,
 * such as `File: src/a.ts (lines 10-20)`.
 */
export function readPrompt(prompt: string): PromptContent {
  const lines = prompt.split(/\r?\n/);
  const blocks: UnfocusedBlock[] = [];
  const spoken: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const opening = fence.exec(line.trim());
    if (opening === null) {
      spoken.push(line);
      continue;
    }
    const end = closingFence(lines, index + 1, opening[1] ?? "```");
    const heading = [opening[2] ?? "", ...spoken.slice(-3).toReversed()];
    blocks.push({ ...placeOf(heading), lines: lines.slice(index + 1, end) });
    // The heading of a block is not part of what the user says.
    while (isHeading(spoken.at(-1))) spoken.pop();
    index = end;
  }
  const words = spoken.join("\n").trim();
  return { blocks: blocks.map((block) => ({ ...block, focus: focusOf(block, words) })), words };
}

function closingFence(lines: readonly string[], from: number, opening: string): number {
  const end = lines.findIndex(
    (line, index) =>
      index >= from && line.trim().startsWith(opening) && /^[`~]+$/.test(line.trim()),
  );
  return end < 0 ? lines.length : end;
}

function placeOf(heading: readonly string[]): { path: string | undefined; firstLine: number } {
  for (const line of heading) {
    const path = fileHeading.exec(line)?.[1] ?? namedPath.exec(line)?.[1];
    if (path === undefined) continue;
    return { path, firstLine: Number(lineRange.exec(line)?.[1] ?? 1) };
  }
  return { path: undefined, firstLine: 1 };
}

function isHeading(line: string | undefined): boolean {
  if (line === undefined) return false;
  return line.trim() === "" || (/^\W*(file|path)\b/i.test(line) && namedPath.test(line));
}

function focusOf(block: UnfocusedBlock, words: string): CodeBlock["focus"] {
  const [, first, last] = selection.exec(words) ?? [];
  const whole = { from: 0, to: block.lines.length - 1 };
  if (first === undefined || last === undefined) return whole;
  const from = Number(first) - block.firstLine;
  const to = Number(last) - block.firstLine;
  return from >= 0 && to <= whole.to ? { from, to } : whole;
}
