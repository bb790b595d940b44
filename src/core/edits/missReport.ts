import type { EditProblem } from "./edit";
import type { FuzzyPlacement } from "./fuzzyMatch";
import type { LineIndex } from "./lineIndex";
import { lineKey } from "./lineKeys";
import type { OldLine } from "./placement";

/** Says that lines were not found, where the file comes nearest to them, and what differs there. */
export function describeMiss(
  index: LineIndex,
  path: string,
  lines: readonly OldLine[],
  nearest: FuzzyPlacement | undefined,
): EditProblem {
  const problem = { kind: "not-found" as const, path };
  const opening = `${path} does not have the lines to change.`;
  if (nearest === undefined || nearest.sameTelling === 0) {
    const line = mostAlike(index, lines);
    if (line === undefined) return { ...problem, message: opening };
    const message = `${opening} Most alike is line ${line + 1}: ${quote(index.texts[line] ?? "")}.`;
    return { ...problem, message, lines: [line + 1] };
  }
  const found = nearest.at.filter((line) => line >= 0).map((line) => line + 1);
  const [first = 0] = found;
  const last = found.at(-1) ?? first;
  const range = first === last ? `is line ${first}` : `are lines ${first}-${last}`;
  const differences = differencesAt(index, lines, nearest).slice(0, maxDifferences);
  const message = [`${opening} Nearest ${range}.`, ...differences].join(" ");
  return { ...problem, message, lines: found };
}

/** Says that lines stand at several places. `starts` are 0-based. */
export function describeAmbiguity(path: string, starts: readonly number[]): EditProblem {
  const lines = starts.map((start) => start + 1);
  const shown = lines.slice(0, maxPlaces).join(", ") + (lines.length > maxPlaces ? ", …" : "");
  return {
    kind: "ambiguous",
    path,
    message: `${path} has the lines to change at ${lines.length} places (lines ${shown}). Add lines around them that tell the place.`,
    lines: lines.slice(0, maxPlaces),
  };
}

const maxDifferences = 3;
const maxPlaces = 5;
const maxQuoted = 160;

function differencesAt(
  index: LineIndex,
  lines: readonly OldLine[],
  nearest: FuzzyPlacement,
): string[] {
  let next: number | undefined;
  return lines.flatMap((line, j) => {
    const found = nearest.at[j] ?? -1;
    const at = found >= 0 ? found : next;
    if (at !== undefined) next = at + 1;
    const text = index.texts[at ?? -1];
    if (line.text.trim() === "" || text?.trim() === line.text.trim()) return [];
    if (text === undefined) return [`Not there: ${quote(line.text)}.`];
    return [`Line ${(at ?? 0) + 1} is ${quote(text)}, the edit has ${quote(line.text)}.`];
  });
}

function quote(text: string): string {
  const line = text.trim();
  return JSON.stringify(line.length > maxQuoted ? `${line.slice(0, maxQuoted)}…` : line);
}

/** The file line that shares most words with the edit's longest line. */
function mostAlike(index: LineIndex, lines: readonly OldLine[]): number | undefined {
  const keys = lines.map((line) => lineKey(line.text, "look-alikes"));
  const longest = keys.reduce((most, key) => (key.length > most.length ? key : most), "");
  const words = longest.match(/[\p{L}\p{N}_]{3,}/gu)?.slice(0, 8) ?? [];
  let best: number | undefined;
  let most = 0;
  index.texts.forEach((text, line) => {
    let shared = 0;
    for (const word of words) if (text.includes(word)) shared += word.length;
    if (shared > most) [best, most] = [line, shared];
  });
  return best;
}
