import type { LineIndex } from "./lineIndex";
import { isTelling, lineKey } from "./lineKeys";
import type { OldLine, Placement } from "./placement";
import { isMisspelling } from "./similarity";

/** The likeliest places of a run of lines, best first, whether good enough or not. */
export function fuzzyPlacements(index: LineIndex, lines: readonly OldLine[]): FuzzyPlacement[] {
  const fileKeys = index.keys("look-alikes");
  const keys = lines.map((line) => lineKey(line.text, "look-alikes"));
  const found: FuzzyPlacement[] = [];
  for (const offset of likelyOffsets(fileKeys, keys)) {
    const placement = align(fileKeys, lines, keys, offset);
    if (found.every((other) => !samePlace(other, placement))) found.push(placement);
  }
  return found.toSorted((a, b) => b.sameTelling - a.sameTelling || b.score - a.score);
}

/** Whether enough of the lines are there, and all that are to be removed. */
export function isGoodEnough(placement: FuzzyPlacement): boolean {
  const { telling, sameTelling, misspelt, damaged, removedAreThere } = placement;
  const tolerated = Math.max(1, Math.floor(telling * toleratedShare));
  const evidence = sameTelling + misspelt * 0.75;
  return removedAreThere && evidence >= leastEvidence && damaged <= tolerated;
}

/** Whether a place is better than the next by a whole telling line, not by a shade of likeness alone. */
export function isClearlyBetter(best: FuzzyPlacement, second: FuzzyPlacement): boolean {
  const margin = best.score - second.score;
  return best.sameTelling > second.sameTelling ? margin > 0 : margin >= 1;
}

export interface FuzzyPlacement extends Placement {
  readonly score: number;
  /** Telling lines of the edit, and how many of them the file has unchanged. */
  readonly telling: number;
  readonly sameTelling: number;
  /** Telling lines that the file has with a slip in them. */
  readonly misspelt: number;
  /** Lines that differ, are missing, or stand in between. */
  readonly damaged: number;
  /** All lines to remove are there, next to what the edit has next to them. */
  readonly removedAreThere: boolean;
}

const leastEvidence = 2.5;
const toleratedShare = 0.34;
/** How far lines may be missing or added in between. */
const slack = 3;
const placesTried = 12;

/** Every line of the file that the edit has too votes for where the edit would start. */
function likelyOffsets(fileKeys: readonly string[], keys: readonly string[]): number[] {
  const positions = new Map<string, number[]>();
  keys.forEach((key, j) => {
    if (!isTelling(key)) return;
    const known = positions.get(key);
    // A line that the edit repeats many times says little of the place and would cost much.
    if (known === undefined) positions.set(key, [j]);
    else if (known.length < 8) known.push(j);
  });
  const votes = new Float64Array(fileKeys.length + keys.length + 2 * slack);
  const shift = keys.length + slack;
  fileKeys.forEach((key, i) => {
    const at = positions.get(key);
    if (at === undefined) return;
    for (const j of at) votes[i - j + shift] = (votes[i - j + shift] ?? 0) + 1 / at.length;
  });
  return highest(votes).map((slot) => slot - shift);
}

/** The slots with the most votes, counting those close by, and leaving out neighbours of better ones. */
function highest(votes: Float64Array): number[] {
  const slots: { slot: number; sum: number }[] = [];
  let worst = 0;
  for (let slot = 0; slot < votes.length; slot++) {
    if (votes[slot] === 0) continue;
    let sum = 0;
    for (let near = slot - slack; near <= slot + slack; near++) {
      sum += (votes[near] ?? 0) * (near === slot ? 1.01 : 1);
    }
    if (slots.length === 4 * placesTried && sum <= worst) continue;
    slots.push({ slot, sum });
    slots.sort((a, b) => b.sum - a.sum);
    slots.length = Math.min(slots.length, 4 * placesTried);
    worst = slots.at(-1)?.sum ?? 0;
  }
  const chosen: number[] = [];
  for (const { slot } of slots) {
    if (chosen.length < placesTried && chosen.every((other) => Math.abs(other - slot) > slack)) {
      chosen.push(slot);
    }
  }
  return chosen;
}

/** Scores of one pair of lines; blank lines and brackets count little. */
const scores = { same: 1, misspelt: 0.5, skipped: -0.6, light: 0.1 };

/** The best alignment of the edit's lines with the file's around an offset, each with at most one other. */
function align(
  fileKeys: readonly string[],
  lines: readonly OldLine[],
  keys: readonly string[],
  offset: number,
): FuzzyPlacement {
  const band = 2 * slack + 1;
  const height = keys.length;
  // Cell (j, d): the best score with j lines of the edit used and the file read up to line offset + j + d - slack.
  const best = new Float64Array((height + 1) * band).fill(-Infinity);
  const steps = new Uint8Array((height + 1) * band);
  for (let d = 0; d < band; d++) best[d] = 0;
  for (let j = 0; j <= height; j++) {
    for (let d = 0; d < band; d++) {
      const cell = j * band + d;
      const take = (score: number, step: number): void => {
        if (score > (best[cell] ?? 0)) {
          best[cell] = score;
          steps[cell] = step;
        }
      };
      const weight = (k: string): number => (isTelling(k) ? 1 : scores.light);
      const key = keys[j - 1] ?? "";
      const fileKey = fileKeys[offset + j + d - slack - 1];
      if (j > 0 && fileKey !== undefined) {
        const pair = pairScore(key, fileKey);
        if (pair > 0) take((best[cell - band] ?? 0) + pair * weight(key), pairStep);
      }
      if (j > 0 && d + 1 < band) {
        take((best[cell - band + 1] ?? 0) + scores.skipped * weight(key), skipEditStep);
      }
      if (j > 0 && j < height && d > 0 && fileKey !== undefined) {
        take((best[cell - 1] ?? 0) + scores.skipped * weight(fileKey), skipFileStep);
      }
    }
  }
  return traceAlignment(best, steps, fileKeys, lines, keys, offset);
}

const pairStep = 1;
const skipEditStep = 2;
const skipFileStep = 3;

function pairScore(key: string, fileKey: string): number {
  if (key === fileKey) return scores.same;
  return isMisspelling(key, fileKey) ? scores.misspelt : 0;
}

function traceAlignment(
  best: Float64Array,
  steps: Uint8Array,
  fileKeys: readonly string[],
  lines: readonly OldLine[],
  keys: readonly string[],
  offset: number,
): FuzzyPlacement {
  const band = 2 * slack + 1;
  let d = 0;
  for (let other = 1; other < band; other++) {
    if ((best[keys.length * band + other] ?? 0) > (best[keys.length * band + d] ?? 0)) d = other;
  }
  const score = best[keys.length * band + d] ?? 0;
  const at = keys.map(() => -1);
  let damaged = 0;
  let removedAreThere = true;
  for (let j = keys.length; j > 0;) {
    const step = steps[j * band + d];
    const fileLine = offset + j + d - slack - 1;
    if (step === pairStep) {
      j--;
      at[j] = fileLine;
      const key = keys[j] ?? "";
      const fileKey = fileKeys[fileLine] ?? "";
      if (key === fileKey) continue;
      damaged++;
      // Removing a line of which the edit has only a part would take the rest with it.
      if (lines[j]?.removed === true && fileKey.includes(key)) removedAreThere = false;
    } else if (step === skipEditStep) {
      j--;
      d++;
      if (isTelling(keys[j] ?? "")) damaged++;
      if (lines[j]?.removed === true) removedAreThere = false;
    } else {
      d--;
      if (isTelling(fileKeys[fileLine] ?? "")) damaged++;
      if (lines[j]?.removed === true || lines[j - 1]?.removed === true) removedAreThere = false;
    }
  }
  const tellingLines = keys.flatMap((key, j) => (isTelling(key) ? [j] : []));
  const isSame = (j: number): boolean => keys[j] === fileKeys[at[j] ?? -1];
  return {
    at,
    start: at.find((line) => line >= 0) ?? Math.max(0, offset),
    score,
    telling: tellingLines.length,
    sameTelling: tellingLines.filter(isSame).length,
    misspelt: tellingLines.filter((j) => (at[j] ?? -1) >= 0 && !isSame(j)).length,
    damaged,
    removedAreThere,
  };
}

function samePlace(a: FuzzyPlacement, b: FuzzyPlacement): boolean {
  return a.at.every((line, j) => line === b.at[j]);
}
