/** Lines of one text: `start` is 0-based, `end` exclusive; empty for the place between two lines. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A stretch of two texts that is the same in both, or differs. */
export interface DiffStep {
  readonly kind: "same" | "change";
  readonly before: LineRange;
  readonly after: LineRange;
}

type Lines = readonly string[];

/**
 * The way from one list of lines to another, as alternating steps that cover both. Short where the lists
 * differ little; where they differ much it falls back on lines that occur once, so the cost stays bounded.
 */
export function diffLines(a: Lines, b: Lines): DiffStep[] {
  const pairs: MatchRun[] = [];
  const work: Box[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  for (let box = work.pop(); box !== undefined; box = work.pop()) {
    const inner = trimBox(a, b, box, pairs);
    if (inner.aStart === inner.aEnd || inner.bStart === inner.bEnd) continue;
    const runs = shortestPath(a, b, inner);
    if (runs !== undefined) pairs.push(...runs);
    else for (const part of splitAtAnchors(a, b, inner, pairs)) work.push(part);
  }
  pairs.sort((x, y) => x.a - y.a);
  return stepsFrom(pairs, a.length, b.length);
}

interface Box {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

interface MatchRun {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** More differences than this in one box are not searched for a shortest path. */
const maxDifferences = 300;

function trimBox(a: Lines, b: Lines, box: Box, pairs: MatchRun[]): Box {
  let { aStart, aEnd, bStart, bEnd } = box;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++;
    bStart++;
  }
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  if (aStart > box.aStart) {
    pairs.push({ a: box.aStart, b: box.bStart, length: aStart - box.aStart });
  }
  if (aEnd < box.aEnd) pairs.push({ a: aEnd, b: bEnd, length: box.aEnd - aEnd });
  return { aStart, aEnd, bStart, bEnd };
}

/** Myers' greedy search. `undefined`: the box holds too many differences. */
function shortestPath(a: Lines, b: Lines, box: Box): MatchRun[] | undefined {
  const width = box.aEnd - box.aStart;
  const height = box.bEnd - box.bStart;
  const limit = Math.min(maxDifferences, width + height);
  const middle = limit + 1;
  const furthest = new Int32Array(2 * limit + 3);
  const history: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    history.push(furthest.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = stepsDown(furthest, middle, k, d)
        ? at(furthest, middle + k + 1)
        : at(furthest, middle + k - 1) + 1;
      while (x < width && x - k < height && a[box.aStart + x] === b[box.bStart + x - k]) x++;
      furthest[middle + k] = x;
      if (x >= width && x - k >= height) return traceBack(history, box);
    }
  }
  return undefined;
}

function stepsDown(furthest: Int32Array, middle: number, k: number, d: number): boolean {
  if (k === -d) return true;
  return k !== d && at(furthest, middle + k - 1) < at(furthest, middle + k + 1);
}

function traceBack(history: readonly Int32Array[], box: Box): MatchRun[] {
  const runs: MatchRun[] = [];
  let x = box.aEnd - box.aStart;
  let y = box.bEnd - box.bStart;
  for (let d = history.length - 1; d >= 0; d--) {
    const furthest = history[d] ?? new Int32Array();
    const middle = d + 1;
    const k = x - y;
    const fromK = stepsDown(furthest, middle, k, d) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(furthest, middle + fromK);
    const startX = d === 0 ? 0 : fromK === k + 1 ? fromX : fromX + 1;
    if (x > startX) {
      runs.push({ a: box.aStart + startX, b: box.bStart + startX - k, length: x - startX });
    }
    x = fromX;
    y = fromX - fromK;
  }
  return runs;
}

/** Lines that occur once on both sides, in the longest order they share, cut the box into smaller ones. */
function splitAtAnchors(a: Lines, b: Lines, box: Box, pairs: MatchRun[]): Box[] {
  const anchors = longestIncreasing(uniquePairs(a, b, box));
  const boxes: Box[] = [];
  let { aStart, bStart } = box;
  if (anchors.length === 0) return [];
  for (const anchor of anchors) {
    boxes.push({ aStart, aEnd: anchor.a, bStart, bEnd: anchor.b });
    pairs.push(anchor);
    aStart = anchor.a + 1;
    bStart = anchor.b + 1;
  }
  boxes.push({ aStart, aEnd: box.aEnd, bStart, bEnd: box.bEnd });
  return boxes;
}

function uniquePairs(a: Lines, b: Lines, box: Box): MatchRun[] {
  const inA = soleIndexes(a, { start: box.aStart, end: box.aEnd });
  const inB = soleIndexes(b, { start: box.bStart, end: box.bEnd });
  const pairs: MatchRun[] = [];
  for (const [line, index] of inA) {
    const other = inB.get(line);
    if (index >= 0 && other !== undefined && other >= 0)
      pairs.push({ a: index, b: other, length: 1 });
  }
  return pairs;
}

/** Where each line is, -1 if it is there more than once. */
function soleIndexes(lines: Lines, { start, end }: LineRange): Map<string, number> {
  const indexes = new Map<string, number>();
  for (let i = start; i < end; i++) {
    const line = lines[i] ?? "";
    indexes.set(line, indexes.has(line) ? -1 : i);
  }
  return indexes;
}

/** The longest subsequence of pairs (ordered by `a`) whose `b` increases. */
function longestIncreasing(pairs: readonly MatchRun[]): MatchRun[] {
  const ends: number[] = [];
  const previous: number[] = [];
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if ((pairs[ends[half] ?? 0]?.b ?? 0) < pair.b) low = half + 1;
      else high = half;
    }
    previous.push(low > 0 ? (ends[low - 1] ?? -1) : -1);
    ends[low] = index;
  });
  const result: MatchRun[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) result.push(pair);
  }
  return result.toReversed();
}

function stepsFrom(runs: readonly MatchRun[], aLength: number, bLength: number): DiffStep[] {
  const steps: DiffStep[] = [];
  let a = 0;
  let b = 0;
  const pushChange = (aEnd: number, bEnd: number): void => {
    if (a === aEnd && b === bEnd) return;
    steps.push({ kind: "change", before: { start: a, end: aEnd }, after: { start: b, end: bEnd } });
  };
  for (const run of runs) {
    pushChange(run.a, run.b);
    a = run.a + run.length;
    b = run.b + run.length;
    const last = steps.at(-1);
    const joins = last?.kind === "same";
    if (joins) steps.pop();
    steps.push({
      kind: "same",
      before: { start: joins ? last.before.start : run.a, end: a },
      after: { start: joins ? last.after.start : run.b, end: b },
    });
  }
  pushChange(aLength, bLength);
  return steps;
}

/** Element access for arrays whose bounds the caller keeps. */
function at(array: Int32Array, index: number): number {
  return array[index] ?? 0;
}
