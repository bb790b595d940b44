/** Longer lines are data or generated code; they match as they are or not at all. */
const longestCompared = 1000;

/**
 * Whether a line looks like another with a slip in it: a small share of its characters differs, and no digit,
 * since `case 12` is not a misspelt `case 13`.
 */
export function isMisspelling(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const limit = Math.floor(longer / 5);
  if (limit === 0 || longer > longestCompared) return false;
  return editDistance(a, b, limit) <= limit && digitsOf(a) === digitsOf(b);
}

/**
 * Whether all that sets two lines apart is a letter or two within words, or one that joins or parts words. Another
 * operator, a word more, a short name in place of another: these change what a line says.
 */
export function isSlip(a: string, b: string): boolean {
  const ofA = a.split(words);
  const ofB = b.split(words);
  if (ofA.length !== ofB.length) return editDistance(a, b, 1) <= 1;
  return ofA.every((part, i) => {
    const other = ofB[i] ?? "";
    const isWord = i % 2 === 1;
    if (!isWord) return part.trim() === other.trim();
    const limit = Math.min(2, Math.floor(Math.min(part.length, other.length) / 4));
    return editDistance(part, other, limit) <= limit;
  });
}

const words = /([\p{L}\p{N}_$]+)/u;

/** Levenshtein distance, or any number above `limit` if it exceeds that. Looks at a band of `2 * limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  const height = aEnd - start;
  const width = bEnd - start;
  if (Math.abs(height - width) > limit) return limit + 1;
  let previous = new Int32Array(width + 2).map((_, j) => j);
  let row = new Int32Array(width + 2);
  for (let i = 1; i <= height; i++) {
    const low = Math.max(1, i - limit);
    const high = Math.min(width, i + limit);
    // Outside of the band nothing can be reached.
    row[low - 1] = low === 1 ? i : limit + 1;
    row[high + 1] = limit + 1;
    let least = row[low - 1] ?? 0;
    for (let j = low; j <= high; j++) {
      const same = a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 1);
      const cost = Math.min(
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
      );
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    [previous, row] = [row, previous];
  }
  return previous[width] ?? 0;
}

function digitsOf(text: string): string {
  return text.replace(/\D+/g, " ").trim();
}
