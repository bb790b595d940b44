import type { EditProblem, PatchHunk } from "./edit";
import { fuzzyPlacements, isClearlyBetter, isGoodEnough } from "./fuzzyMatch";
import { belowHeaders, findHeaders } from "./headers";
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
  const settled = settleByOrder(settleByLineNumber(choices));
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

function choicesFor(index: LineIndex, path: string, hunk: PatchHunk): Choices {
  const headers = findHeaders(index, hunk.headers ?? []);
  if ("missing" in headers) {
    const problem = {
      kind: "header-not-found" as const,
      path,
      message: `${path} has no line "${headers.missing}", which "@@" names.`,
    };
    return { problem };
  }
  const lines = oldLines(hunk);
  if (lines.length === 0) return placeAddition(index, path, hunk, headers.lines);
  const narrow = (places: PlacedHunk[]): PlacedHunk[] => {
    const { lines: above } = headers;
    const below =
      above.length === 0 ? places : belowHeaders(index, above, places, (place) => rangeOf(place));
    return atEndIfSaid(index, hunk, below);
  };
  for (const skipBlanks of [false, true]) {
    const choices = plainChoices(index, hunk, lines, skipBlanks, narrow);
    if (choices.length > 0) return { choices };
  }
  return fuzzyChoices(index, path, hunk, lines, narrow);
}

/** Places at the strictest level that has any. With `skipBlanks`, blank lines at the hunk's ends may be missing. */
function plainChoices(
  index: LineIndex,
  hunk: PatchHunk,
  lines: readonly OldLine[],
  skipBlanks: boolean,
  narrow: (places: PlacedHunk[]) => PlacedHunk[],
): PlacedHunk[] {
  const first = skipBlanks ? lines.findIndex(isText) : 0;
  const last = skipBlanks ? lines.findLastIndex(isText) : lines.length - 1;
  if (first < 0 || (skipBlanks && last - first + 1 === lines.length)) return [];
  const pattern = lines.slice(first, last + 1).map((line) => line.text);
  for (const level of matchLevels) {
    const places = index.findAll(pattern, level).map((start): PlacedHunk => {
      const at = lines.map((_, i) => (i < first || i > last ? -1 : start + i - first));
      return { hunk, level, placement: { at, start } };
    });
    const narrowed = narrow(places);
    if (narrowed.length > 0) return narrowed;
  }
  return [];
}

function isText(line: OldLine): boolean {
  return line.text.trim() !== "";
}

function fuzzyChoices(
  index: LineIndex,
  path: string,
  hunk: PatchHunk,
  lines: readonly OldLine[],
  narrow: (places: PlacedHunk[]) => PlacedHunk[],
): Choices {
  const all = fuzzyPlacements(index, lines);
  const allowed = new Set(
    narrow(all.map((placement) => ({ hunk, placement, level: "fuzzy" }))).map(
      (place) => place.placement,
    ),
  );
  const [best, second] = all.filter((placement) => allowed.has(placement));
  if (best === undefined || !isGoodEnough(best)) {
    return { problem: describeMiss(index, path, lines, best ?? all[0]) };
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

/** Of several places the one at the end of the file, if the patch says so. */
function atEndIfSaid(index: LineIndex, hunk: PatchHunk, places: PlacedHunk[]): PlacedHunk[] {
  if (hunk.atEnd !== true || places.length < 2) return places;
  const last = index.texts.findLastIndex((text) => text.trim() !== "");
  const atEnd = places.filter((place) => rangeOf(place).end > last);
  return atEnd.length === 1 ? atEnd : places;
}

/**
 * A line number decides between equal places only if it points at one of them, moved as far as the last hunk
 * with one place had to move: models count badly, so a number needs another one that bears it out.
 */
function settleByLineNumber(all: readonly PlacedHunk[][]): PlacedHunk[][] {
  let moved: number | undefined;
  return all.map((places) => {
    const [first, other] = places;
    const said = first?.hunk.oldStart;
    if (first === undefined || said === undefined) return places;
    if (other === undefined) moved = firstLine(first) - said;
    const expected = moved === undefined ? undefined : said + moved;
    const pointedAt = places.filter((place) => firstLine(place) === expected);
    return pointedAt.length === 1 ? pointedAt : places;
  });
}

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

function rangeOf({ placement }: PlacedHunk): { start: number; end: number } {
  const end = placement.at.reduce((most, line) => Math.max(most, line + 1), placement.start);
  return { start: placement.start, end };
}

/** The file lines from the first to the last one that the hunk changes. */
export function changedRange({ hunk, placement }: PlacedHunk): { start: number; end: number } {
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
