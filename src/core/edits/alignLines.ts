import { isTelling } from "./lineKeys";
import { isMisspelling } from "./similarity";

/** What became of one line of an edit (index `edit`) or of the file (index `file`). */
export type AlignedLine =
  | {
      readonly kind: "same" | "misspelt" | "different";
      readonly edit: number;
      readonly file: number;
    }
  | { readonly kind: "missing"; readonly edit: number }
  | { readonly kind: "extra"; readonly file: number };

/** An alignment from its first line to its last; the higher the score, the better it holds. */
export interface Alignment {
  readonly lines: readonly AlignedLine[];
  readonly score: number;
}

/**
 * The best alignment of an edit's lines with a file's from about line `offset` on. The two may drift apart by
 * up to `slack` lines either way. Blank lines and brackets weigh little.
 */
export function alignLines(
  fileKeys: readonly string[],
  keys: readonly string[],
  offset: number,
  slack: number,
): Alignment {
  // Cell (j, d): the best score with j lines of the edit behind and the file read up to line offset - slack + j + d.
  const width = 2 * slack + 1;
  const best = new Float64Array((keys.length + 1) * width).fill(-Infinity, width);
  const steps = new Uint8Array(best.length);
  for (let j = 1; j <= keys.length; j++) {
    for (let d = 0; d < width; d++) {
      const cell = j * width + d;
      const take = (from: number, gain: number, step: number): void => {
        const score = (best[from] ?? -Infinity) + gain;
        if (score > (best[cell] ?? 0)) [best[cell], steps[cell]] = [score, step];
      };
      const key = keys[j - 1] ?? "";
      const fileKey = fileKeys[offset - slack + j + d - 1];
      take(cell - width, pairGain(key, fileKey), steppedBoth);
      if (d + 1 < width) take(cell - width + 1, missingGain * weightOf(key), steppedEdit);
      if (d > 0 && j < keys.length && fileKey !== undefined) {
        take(cell - 1, missingGain * weightOf(fileKey), steppedFile);
      }
    }
  }
  const lastRow = best.subarray(keys.length * width);
  const d = lastRow.indexOf(Math.max(...lastRow));
  return { lines: trace(fileKeys, keys, steps, offset - slack, d, width), score: lastRow[d] ?? 0 };
}

const sameGain = 1;
const misspeltGain = 0.5;
const missingGain = -0.6;
const lightWeight = 0.1;

const steppedBoth = 1;
const steppedEdit = 2;
const steppedFile = 3;

function weightOf(key: string): number {
  return isTelling(key) ? 1 : lightWeight;
}

function pairGain(key: string, fileKey: string | undefined): number {
  if (fileKey === undefined) return missingGain * weightOf(key);
  if (key === fileKey) return sameGain * weightOf(key);
  if (isMisspelling(key, fileKey)) return misspeltGain * weightOf(key);
  return missingGain * (weightOf(key) + weightOf(fileKey));
}

/** Follows the steps back from the end. Every step leaves a row or moves left in it, so it ends. */
function trace(
  fileKeys: readonly string[],
  keys: readonly string[],
  steps: Uint8Array,
  top: number,
  column: number,
  width: number,
): AlignedLine[] {
  const lines: AlignedLine[] = [];
  let d = column;
  for (let j = keys.length; j > 0 && d >= 0;) {
    const step = steps[j * width + d];
    const file = top + j + d - 1;
    if (step === steppedFile) {
      lines.push({ kind: "extra", file });
      d--;
      continue;
    }
    j--;
    if (step === steppedEdit) {
      lines.push({ kind: "missing", edit: j });
      d++;
    } else {
      lines.push(pairOf(keys[j] ?? "", fileKeys[file], j, file));
    }
  }
  return lines.toReversed();
}

function pairOf(key: string, fileKey: string | undefined, edit: number, file: number): AlignedLine {
  if (fileKey === undefined) return { kind: "missing", edit };
  if (key === fileKey) return { kind: "same", edit, file };
  return { kind: isMisspelling(key, fileKey) ? "misspelt" : "different", edit, file };
}
