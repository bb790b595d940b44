import type { Percentiles } from "./usageReport";

/**
 * The bins of a compact histogram. Up to 10 they are 1 wide; above, a twentieth to a tenth of the value, so that a
 * percentile is off by a twentieth at most, and a decade has 35 bins.
 */
export interface SpeedStep {
  /** Values below it, and not below the step before. */
  readonly below: number;
  readonly width: number;
}

const decades = [10, 100, 1000, 10_000, 100_000];

export const speedSteps: readonly SpeedStep[] = [
  { below: 10, width: 1 },
  ...decades.flatMap((decade) => [
    { below: 2 * decade, width: decade / 10 },
    { below: 5 * decade, width: decade / 5 },
    { below: 10 * decade, width: decade / 2 },
  ]),
];

/** Everything from here on is one step. */
export const largestSpeed = 1_000_000;

/** How many values lie at a step; `step` is its lower end. */
export interface SpeedCount {
  readonly step: number;
  readonly calls: number;
}

/** Percentiles of a histogram, each the middle of its step; undefined without values. */
export function percentilesOf(counts: readonly SpeedCount[]): Percentiles | undefined {
  const sorted = counts.toSorted((one, other) => one.step - other.step);
  const calls = sorted.reduce((sum, count) => sum + count.calls, 0);
  if (calls === 0) return undefined;
  const at = (share: number): number => {
    let left = Math.ceil(calls * share);
    const found = sorted.find((count) => (left -= count.calls) <= 0);
    return middleOf(found?.step ?? 0);
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), p99: at(0.99), calls };
}

function middleOf(step: number): number {
  return step + (speedSteps.find(({ below }) => step < below)?.width ?? 0) / 2;
}
