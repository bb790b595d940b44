import { type AlignedLine, type Alignment, alignLines } from "./alignLines";
import type { LineIndex } from "./lineIndex";
import { isTelling, lineKey } from "./lineKeys";
import type { OldLine, Placement } from "./placement";
import { isSlip } from "./similarity";

/** A place where an edit's lines are more or less there. */
export interface FuzzyPlacement extends Placement {
  readonly score: number;
  /** Telling lines of the edit; how many the file has as they are, and how many with a slip in them. */
  readonly telling: number;
  readonly sameTelling: number;
  readonly misspelt: number;
  /** Lines that differ, are missing, or stand in between. */
  readonly damaged: number;
  /** All lines to remove are there, and it is clear between which lines others are to be added. */
  readonly changeIsSure: boolean;
}

/** The likeliest places of a run of lines, best first, whether good enough or not. */
export function fuzzyPlacements(index: LineIndex, lines: readonly OldLine[]): FuzzyPlacement[] {
  const fileKeys = index.keys("look-alikes");
  const keys = lines.map((line) => lineKey(line.text, "look-alikes"));
  const found: FuzzyPlacement[] = [];
  for (const offset of likelyOffsets(fileKeys, keys)) {
    const alignment = alignLines(fileKeys, keys, offset, slack);
    const placement = rate(alignment, fileKeys, keys, lines);
    const isNew = found.every((other) => other.at.some((line, j) => line !== placement.at[j]));
    if (isNew) found.push(placement);
  }
  return found.toSorted((a, b) => b.sameTelling - a.sameTelling || b.score - a.score);
}

/** Whether enough of the lines are there, and all that matter for the change. */
export function isGoodEnough(placement: FuzzyPlacement): boolean {
  const { telling, sameTelling, misspelt, damaged, changeIsSure } = placement;
  const tolerated = Math.max(1, Math.floor(telling * toleratedShare));
  const evidence = sameTelling + misspelt * misspeltEvidence;
  return changeIsSure && evidence >= leastEvidence && damaged <= tolerated;
}

/** Whether a place is better than the next by a whole telling line, not by a shade of likeness. */
export function isClearlyBetter(best: FuzzyPlacement, second: FuzzyPlacement): boolean {
  return best.sameTelling > second.sameTelling && best.score > second.score;
}

const leastEvidence = 2.5;
const misspeltEvidence = 0.75;
const toleratedShare = 0.34;
/** How far lines may be missing or added in between. */
const slack = 3;
const placesTried = 12;

/** Every telling line of the file that the edit has too votes for where the edit would start. */
function likelyOffsets(fileKeys: readonly string[], keys: readonly string[]): number[] {
  const positions = new Map<string, number[]>();
  keys.forEach((key, j) => {
    if (!isTelling(key)) return;
    const known = positions.get(key);
    // A line that the edit repeats many times says little of the place and would cost much.
    if (known === undefined) positions.set(key, [j]);
    else if (known.length < 8) known.push(j);
  });
  const shift = keys.length + slack;
  const votes = new Float64Array(fileKeys.length + shift + slack);
  fileKeys.forEach((key, i) => {
    const at = positions.get(key);
    if (at === undefined) return;
    for (const j of at) votes[i - j + shift] = (votes[i - j + shift] ?? 0) + 1 / at.length;
  });
  return strongest(votes).map((slot) => slot - shift);
}

/** The slots with the most votes, counting those close by, and leaving out neighbours of better ones. */
function strongest(votes: Float64Array): number[] {
  const size = placesTried * (slack + 1);
  let slots: { slot: number; sum: number }[] = [];
  let least = 0;
  for (let slot = 0; slot < votes.length; slot++) {
    if (votes[slot] === 0) continue;
    // Its own votes count a shade more, so that of equal neighbours the middle one is first.
    let sum = (votes[slot] ?? 0) / 100;
    for (let near = slot - slack; near <= slot + slack; near++) sum += votes[near] ?? 0;
    if (sum <= least) continue;
    slots.push({ slot, sum });
    if (slots.length < 2 * size) continue;
    slots = slots.toSorted((a, b) => b.sum - a.sum).slice(0, size);
    least = slots.at(-1)?.sum ?? 0;
  }
  const chosen: number[] = [];
  for (const { slot } of slots.toSorted((a, b) => b.sum - a.sum)) {
    if (chosen.length === placesTried) break;
    if (chosen.every((other) => Math.abs(other - slot) > slack)) chosen.push(slot);
  }
  return chosen;
}

/** Says line by line how well an alignment holds. */
function rate(
  { lines: aligned, score }: Alignment,
  fileKeys: readonly string[],
  keys: readonly string[],
  lines: readonly OldLine[],
): FuzzyPlacement {
  const at = keys.map(() => -1);
  const counts = { telling: 0, sameTelling: 0, misspelt: 0, damaged: 0 };
  for (const line of aligned) {
    const key = "edit" in line ? (keys[line.edit] ?? "") : "";
    const telling = isTelling(key);
    if (telling) counts.telling++;
    if ("edit" in line && "file" in line) at[line.edit] = line.file;
    switch (line.kind) {
      case "same":
        if (telling) counts.sameTelling++;
        break;
      case "misspelt":
        counts.damaged++;
        if (telling) counts.misspelt++;
        break;
      case "different":
        if (telling || isTelling(fileKeys[line.file] ?? "")) counts.damaged++;
        break;
      case "missing":
        if (telling) counts.damaged++;
        break;
      case "extra":
        if (isTelling(fileKeys[line.file] ?? "")) counts.damaged++;
    }
  }
  const changeIsSure = aligned.every((line, i) =>
    isSureThere(line, aligned[i - 1], aligned[i + 1], lines, keys, fileKeys),
  );
  return { at, start: at.find((line) => line >= 0) ?? 0, score, ...counts, changeIsSure };
}

/** Whether an aligned line leaves no doubt about what the edit removes there and where it adds. */
function isSureThere(
  line: AlignedLine,
  above: AlignedLine | undefined,
  below: AlignedLine | undefined,
  lines: readonly OldLine[],
  keys: readonly string[],
  fileKeys: readonly string[],
): boolean {
  const oldOf = (other: AlignedLine | undefined): OldLine | undefined =>
    other !== undefined && "edit" in other ? lines[other.edit] : undefined;
  const touches = (other: AlignedLine | undefined, side: "addsAbove" | "addsBelow"): boolean => {
    const old = oldOf(other);
    return old !== undefined && (old.removed || old[side]);
  };
  switch (line.kind) {
    case "same":
      return true;
    case "misspelt":
      // A line that says something else is not the one to remove, however alike.
      return (
        oldOf(line)?.removed !== true || isSlip(fileKeys[line.file] ?? "", keys[line.edit] ?? "")
      );
    case "different": {
      const old = lines[line.edit];
      if (old === undefined || old.removed) return false;
      return (!old.addsAbove || isThere(above)) && (!old.addsBelow || isThere(below));
    }
    case "missing": {
      // Beside a removed line, or between lines that adjoin in the file, it may be a new one without its mark.
      const key = keys[line.edit] ?? "";
      const isBesideRemoved = oldOf(above)?.removed === true || oldOf(below)?.removed === true;
      const isBetween = above !== undefined && below !== undefined && !fileKeys.includes(key);
      if (key !== "" && (isBesideRemoved || isBetween)) return false;
      return !touches(line, "addsAbove") && !touches(line, "addsBelow");
    }
    case "extra":
      return !touches(above, "addsBelow") && !touches(below, "addsAbove");
  }
}

function isThere(line: AlignedLine | undefined): boolean {
  return line?.kind === "same" || line?.kind === "misspelt";
}
