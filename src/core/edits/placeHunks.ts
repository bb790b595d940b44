import type { EditProblem, PatchHunk } from "./edit";
import { fuzzyPlacements, isClearlyBetter, isGoodEnough } from "./fuzzyMatch";
import { belowHeaders, findHeaders } from "./headers";
import type { LineRange } from "./lineDiff";
import type { LineIndex } from "./lineIndex";
import { type MatchLevel, matchLevels } from "./lineKeys";
import { describeAmbiguity, describeMiss } from "./missReport";
import { type OldLine, oldLines, type Placement } from "./placement";

export interface PlacedHunk {
  readonly hunk: PatchHunk;
  readonly placement: Placement;
  /** "fuzzy": some lines differ by more than blanks and look-alikes. */
  readonly level: MatchLevel | "fuzzy";
}

/** Finds the one place of every hunk, or says why there is none. Hunks are placed on the same, unchanged file. */
export function placeHunks(
  index: LineIndex,
  path: string,
  hunks: readonly PatchHunk[],
): { placed: PlacedHunk[]; problems: EditProblem[] } {
  const problems: EditProblem[] = [];
  const choices: PlacedHunk[][] = [];
  for (const hunk of hunks) {
    const found = choicesFor(index, path, hunk);
    if ("problem" in found) problems.push(found.problem);
    else choices.push(found.choices);
    if (problems.length === maxProblems) break;
  }
  if (problems.length > 0) return { placed: [], problems };
  const settled = settleByOrder(settleByLineNumber(choices, index.texts.length));
  const placed: PlacedHunk[] = [];
  for (const places of settled) {
    const [only, other] = places;
    if (only === undefined) continue;
    if (other === undefined) placed.push(only);
    else problems.push(describeAmbiguity(path, places.map(firstLine)));
  }
  return { placed, problems };
}

/** One retry mends a few hunks at best, and looking for what is not there costs most. */
const maxProblems = 5;

type Choices = { choices: PlacedHunk[] } | { problem: EditProblem };

/** Leaves out places that the hunk's headers or its mark for the end of the file rule out. */
type Narrow = <T>(places: T[], rangeOf: (place: T) => LineRange) => T[];

function choicesFor(index: LineIndex, path: string, hunk: PatchHunk): Choices {
  const headers = findHeaders(index, hunk.headers ?? []);
  if ("missing" in headers) {
    const message = `${path} has no line "${headers.missing}", which "@@" names.`;
    return { problem: { kind: "header-not-found", path, message } };
  }
  const lines = oldLines(hunk);
  if (lines.length === 0) return placeAddition(index, path, hunk, headers.lines);
  const narrow: Narrow = (places, rangeOf) => {
    const above = headers.lines;
    const below = above.length === 0 ? places : belowHeaders(index, above, places, rangeOf);
    return hunk.atEnd === true ? atEnd(index, below, rangeOf) : below;
  };
  return (
    plainChoices(index, path, hunk, lines, narrow, false) ??
    plainChoices(index, path, hunk, lines, narrow, true) ??
    fuzzyChoices(index, path, hunk, lines, narrow)
  );
}

/** Places at the strictest level that has any. With `skipBlanks`, blank lines at the hunk's ends may be missing. */
function plainChoices(
  index: LineIndex,
  path: string,
  hunk: PatchHunk,
  lines: readonly OldLine[],
  narrow: Narrow,
  skipBlanks: boolean,
): Choices | undefined {
  const first = skipBlanks ? lines.findIndex(isText) : 0;
  const last = skipBlanks ? lines.findLastIndex(isText) : lines.length - 1;
  const size = last - first + 1;
  if (first < 0 || (skipBlanks && size === lines.length)) return undefined;
  const pattern = lines.slice(first, last + 1).map((line) => line.text);
  for (const level of matchLevels) {
    const found = index.findAll(pattern, level);
    const starts = narrow(found, (start) => ({ start, end: start + size }));
    if (starts.length > maxPlaces) return { problem: describeAmbiguity(path, starts) };
    if (starts.length === 0) continue;
    const choices = starts.map((start): PlacedHunk => {
      const at = lines.map((_, i) => (i < first || i > last ? -1 : start + i - first));
      return { hunk, level, placement: { at, start } };
    });
    return { choices };
  }
  return undefined;
}

/** This many places are not worth telling apart by their surroundings. */
const maxPlaces = 200;

function isText(line: OldLine): boolean {
  return line.text.trim() !== "";
}

function fuzzyChoices(
  index: LineIndex,
  path: string,
  hunk: PatchHunk,
  lines: readonly OldLine[],
  narrow: Narrow,
): Choices {
  const all = fuzzyPlacements(index, lines);
  const allowed = new Set(narrow([...all], extentOf));
  const [best, second] = all.filter((placement) => allowed.has(placement));
  const [nearest] = all;
  // Where the lines are better there outside of what the headers say, the two contradict each other.
  const isElsewhere = best !== undefined && nearest !== undefined && isClearlyBetter(nearest, best);
  if (best === undefined || !isGoodEnough(best) || isElsewhere) {
    return { problem: describeMiss(index, path, lines, best ?? nearest) };
  }
  if (second !== undefined && !isClearlyBetter(best, second)) {
    return { problem: describeAmbiguity(path, [best.start, second.start]) };
  }
  return { choices: [{ hunk, placement: best, level: "fuzzy" }] };
}

/** A hunk without old lines goes below its header, after its line number, at the end or into an empty file. */
function placeAddition(
  index: LineIndex,
  path: string,
  hunk: PatchHunk,
  headerLines: readonly number[],
): Choices {
  const place = (start: number): Choices => ({
    choices: [{ hunk, level: "exact", placement: { at: [], start } }],
  });
  const size = index.texts.length;
  if (headerLines.length > 1) return { problem: describeAmbiguity(path, headerLines) };
  if (headerLines[0] !== undefined) return place(headerLines[0] + 1);
  if (hunk.oldStart !== undefined && hunk.oldStart <= size) return place(hunk.oldStart);
  if (hunk.atEnd === true || size === 0) return place(size);
  const problem = {
    kind: "no-anchor" as const,
    path,
    message: `A hunk for ${path} only adds lines: it needs some lines of the file around them.`,
  };
  return { problem };
}

/** Of several places the one at the end of the file, if there is one. */
function atEnd<T>(index: LineIndex, places: T[], rangeOf: (place: T) => LineRange): T[] {
  const last = index.texts.findLastIndex((text) => text.trim() !== "");
  const atLast = places.filter((place) => rangeOf(place).end > last);
  return atLast.length === 1 ? atLast : places;
}

/**
 * A line number decides between equal places only if it points at one of them, moved as far as the last hunk with one
 * place had to move, or else the next one. Models count badly: a number that no other one bears out decides only for a
 * search block, whose writer read it off, and where the places lie further apart than a slip. Only for lines that go in
 * without any context there is nothing else.
 */
function settleByLineNumber(all: readonly PlacedHunk[][], fileSize: number): PlacedHunk[][] {
  const [ahead] = all.flatMap((places) => movedBy(places) ?? []);
  let moved: number | undefined;
  return all.map((places) => {
    const [first] = places;
    const said = first?.hunk.oldStart;
    if (first === undefined || said === undefined) return places;
    const onlyAdds = first.placement.at.length === 0 && first.hunk.headers === undefined;
    if (onlyAdds) {
      const start = Math.min(Math.max(0, said + (moved ?? 0)), fileSize);
      return [{ ...first, placement: { at: [], start } }];
    }
    moved = movedBy(places) ?? moved;
    const shift = moved ?? ahead;
    const wasRead = first.hunk.unmarked === true;
    const expected = said - 1 + (shift ?? (wasRead ? 0 : NaN));
    const reach = shift === undefined ? usualSlip : 0;
    const near = places.filter((place) => Math.abs(firstLine(place) - expected) <= reach);
    return near.length === 1 && near.some((place) => firstLine(place) === expected) ? near : places;
  });
}

/** How far a hunk with one place is from its line number. */
function movedBy([only, other]: readonly PlacedHunk[]): number | undefined {
  const said = only?.hunk.oldStart;
  const hasOnePlace = only !== undefined && other === undefined && only.placement.at.length > 0;
  return hasOnePlace && said !== undefined ? firstLine(only) - (said - 1) : undefined;
}

/** By how many lines models easily miscount. */
const usualSlip = 3;

/** Hunks stand in the order of the file: keeps a place where the hunks around it leave room for just that one. */
function settleByOrder(all: readonly PlacedHunk[][]): PlacedHunk[][] {
  if (all.every((places) => places.length <= 1)) return [...all];
  const earliest: PlacedHunk[] = [];
  let line = 0;
  for (const places of all) {
    const place = places.find((candidate) => changedRange(candidate).start >= line);
    if (place === undefined) return [...all];
    earliest.push(place);
    line = changedRange(place).end;
  }
  let limit = Infinity;
  const settled = all.map((places) => [...places]);
  for (let i = all.length - 1; i >= 0; i--) {
    const latest = all[i]?.findLast((candidate) => changedRange(candidate).end <= limit);
    const first = earliest[i];
    if (latest === undefined || first === undefined) return [...all];
    if (latest === first) settled[i] = [first];
    limit = changedRange(latest).start;
  }
  return settled;
}

function firstLine(place: PlacedHunk): number {
  return place.placement.start;
}

function extentOf({ at, start }: Placement): LineRange {
  return { start, end: at.reduce((end, line) => Math.max(end, line + 1), start) };
}

/** The file lines from the first to the last one that the hunk changes. */
function changedRange({ hunk, placement }: PlacedHunk): LineRange {
  let start = Infinity;
  let end = 0;
  let next = placement.start;
  let oldIndex = 0;
  for (const line of hunk.lines) {
    if (line.kind === "add") {
      start = Math.min(start, next);
      end = Math.max(end, next);
      continue;
    }
    const at = placement.at[oldIndex++] ?? -1;
    if (at < 0) continue;
    next = at + 1;
    if (line.kind === "remove") {
      start = Math.min(start, at);
      end = next;
    }
  }
  return { start: Math.min(start, next), end: Math.max(end, start === Infinity ? next : end) };
}
