import type { DocumentLines } from "./documentLines";
import { type MatchLevel, lineKey, sameAtLevel } from "./lineKeys";

/** Finds runs of lines in a document, in time linear in its size. Valid until the document changes. */
export interface LineIndex {
  readonly texts: readonly string[];
  /** The keys of all lines at a level. */
  keys(level: MatchLevel): readonly string[];
  /** 0-based starts of every run of lines that matches the pattern: some of the lines that are sought, at least one. */
  findAll(pattern: readonly string[], level: MatchLevel): number[];
}

/** `sought` are the lines that patterns are made of: to note where all the others are would take most of the time. */
export function createLineIndex({ texts }: DocumentLines, sought: readonly string[]): LineIndex {
  const cache = new Map<MatchLevel, readonly string[]>([["exact", texts]]);

  function keys(level: MatchLevel): readonly string[] {
    let found = cache.get(level);
    if (found === undefined) {
      found = texts.map((text) => lineKey(text, level));
      cache.set(level, found);
    }
    return found;
  }

  const placesAt = new Map<MatchLevel, ReadonlyMap<string, readonly number[]>>();

  /** The lines of each key that is sought, so that a search begins at the few lines that can be part of it. */
  function placesOf(level: MatchLevel): ReadonlyMap<string, readonly number[]> {
    const known = placesAt.get(level);
    if (known !== undefined) return known;
    const places = new Map<string, number[]>();
    for (const text of sought) places.set(lineKey(text, level), []);
    keys(level).forEach((key, line) => places.get(key)?.push(line));
    placesAt.set(level, places);
    return places;
  }

  function startsOf(pattern: readonly string[], level: MatchLevel): readonly number[] {
    const lines = keys(level);
    const places = pattern.map((key) => placesOf(level).get(key) ?? []);
    const rarest = places.reduce((rare, other) => (other.length < rare.length ? other : rare));
    // In a file that repeats itself, looking at each place could take longer than once through the file.
    if (rarest.length * pattern.length > lines.length) return findRuns(lines, pattern);
    const offset = places.indexOf(rarest);
    return rarest
      .map((line) => line - offset)
      .filter((start) => pattern.every((key, at) => lines[start + at] === key));
  }

  return {
    texts,
    keys,
    findAll(pattern, level) {
      const patternKeys = pattern.map((text) => lineKey(text, level));
      // Remembering the last line found the same keeps this cheap where a file repeats itself.
      const same: string[] = [];
      return startsOf(patternKeys, level).filter((start) =>
        pattern.every((text, offset) => {
          const line = texts[start + offset] ?? "";
          if (same[offset] === line) return true;
          if (!sameAtLevel(line, text, level)) return false;
          same[offset] = line;
          return true;
        }),
      );
    },
  };
}

/** Knuth-Morris-Pratt over lines: linear also where every line is the same. */
export function findRuns(lines: readonly string[], pattern: readonly string[]): number[] {
  const borders = borderLengths(pattern);
  const starts: number[] = [];
  let matched = 0;
  for (let i = 0; i < lines.length; i++) {
    while (matched > 0 && lines[i] !== pattern[matched]) matched = borders[matched - 1] ?? 0;
    if (lines[i] === pattern[matched]) matched++;
    if (matched === pattern.length) {
      starts.push(i - matched + 1);
      matched = borders[matched - 1] ?? 0;
    }
  }
  return starts;
}

/** For each prefix, the length of the longest shorter prefix that is also its end. */
function borderLengths(pattern: readonly string[]): number[] {
  const borders = [0];
  let length = 0;
  for (let i = 1; i < pattern.length; i++) {
    while (length > 0 && pattern[i] !== pattern[length]) length = borders[length - 1] ?? 0;
    if (pattern[i] === pattern[length]) length++;
    borders.push(length);
  }
  return borders;
}
