/** Escape sequences: CSI, OSC (up to its end, or the text's), other strings, single escapes. */
const sequences =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\u001b[PX^_][^\u001b]*(?:\u001b\\|$)|\u001b[ -/]*[0-~]|\u009b[0-?]*[ -/]*[@-~]/g;

/** The readable part of a terminal's output: without escape sequences and earlier states of progress bars. */
export function plainTerminalText(raw: string): string {
  return raw
    .replace(sequences, "")
    .split(/\r*\n/)
    .map((line) => overwritten(line).trimEnd())
    .join("\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}

/** What is seen of a line after its carriage returns and backspaces. */
function overwritten(line: string): string {
  const last = line.replace(/\r+$/, "");
  const seen = last.slice(last.lastIndexOf("\r") + 1);
  if (!seen.includes("\b")) return seen;
  const kept: string[] = [];
  for (const character of seen) {
    if (character === "\b") kept.pop();
    else kept.push(character);
  }
  return kept.join("");
}

/** The end of a long text, at most `characters`, cut at the beginning of a line; and how many lines were left out. */
export function lastLines(
  text: string,
  characters: number,
): { readonly text: string; readonly linesLeftOut: number } {
  if (text.length <= characters) return { text, linesLeftOut: 0 };
  const from = text.length - characters;
  const next = text.indexOf("\n", from - 1);
  const kept = next === -1 ? text.slice(from) : text.slice(next + 1);
  const before = text.slice(0, text.length - kept.length);
  return { text: kept, linesLeftOut: before.split("\n").length - 1 };
}
