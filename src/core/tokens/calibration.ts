import { isRecord } from "../unchecked";

/**
 * What the service's own counts have taught of one model's tokens: plain data, to be stored as JSON.
 * A `ratio` is what it counts for one token of ours; an `offset` is how many tokens its template has beyond
 * the published one, where the text itself is counted exactly.
 */
export interface Calibration {
  readonly kind: "ratio" | "offset";
  readonly mean: number;
  /** Of single answers around the mean. */
  readonly variance: number;
  /** The number of answers behind it, the initial assumption included. */
  readonly evidence: number;
}

/** What is assumed before anything is learnt, and the bounds that no report can push the mean past. */
interface Assumption {
  readonly begin: Calibration;
  readonly least: number;
  readonly most: number;
}

/** Without evidence a ratio's upper factor is 1.3, and an offset's margin 32 tokens. */
const assumptions = {
  ratio: {
    begin: { kind: "ratio", mean: 1, variance: 0.1 ** 2, evidence: 1 },
    least: 0.5,
    most: 3,
  },
  offset: {
    begin: { kind: "offset", mean: 0, variance: 8 ** 2, evidence: 1 },
    least: -32,
    most: 128,
  },
} as const satisfies Readonly<Record<Calibration["kind"], Assumption>>;

/** Older answers fade, so that a template or vocabulary that the service changes is learnt again. */
const memory = 16;

/** The spread that is assumed at first counts for this many answers more than the mean. */
const caution = 3;

/** An answer further from the mean than this many standard deviations counts as this far. */
const outlier = 3;

export function uncalibrated(kind: Calibration["kind"]): Calibration {
  return assumptions[kind].begin;
}

/**
 * Learns from one answer how `reported` tokens compare with `counted` ones of ours, both of the text alone;
 * `doubt` is how many of the reported may belong to the template instead. Invalid counts teach nothing.
 */
export function learnRatio(
  calibration: Calibration,
  counted: number,
  reported: number,
  doubt = 0,
): Calibration {
  if (!isCount(counted) || !Number.isFinite(reported)) return calibration;
  return learn(calibration, reported / counted, doubt / counted);
}

/** Learns from one answer by how much `reported` exceeds `expected`, where the text was counted exactly. */
export function learnOffset(
  calibration: Calibration,
  expected: number,
  reported: number,
): Calibration {
  if (!isCount(expected) || !isCount(reported)) return calibration;
  return learn(calibration, reported - expected, 0);
}

/** What to multiply a likely count with for its upper end: 1.3 at first, then between 1.1 and 2 by what was seen. */
export function upperFactor({ mean, variance }: Calibration): number {
  return Math.min(2, Math.max(1.1, 1 + (3 * Math.sqrt(variance)) / mean));
}

/** What to add to an exact count for its upper end: 32 tokens at first, then between 8 and 128 by what was seen. */
export function upperMargin({ variance }: Calibration): number {
  return Math.ceil(Math.min(128, Math.max(8, 4 * Math.sqrt(variance))));
}

/** Reads what was stored; undefined for anything that `learnRatio` and `learnOffset` cannot have made. */
export function decodeCalibration(stored: unknown): Calibration | undefined {
  if (!isRecord(stored)) return undefined;
  const { kind, mean, variance, evidence } = stored;
  if (kind !== "ratio" && kind !== "offset") return undefined;
  const { least, most } = assumptions[kind];
  return isWithin(mean, least, most) &&
    isWithin(variance, 0, (most - least) ** 2) &&
    isWithin(evidence, 0, memory)
    ? { kind, mean, variance, evidence }
    : undefined;
}

/** A running mean and variance; what is uncertain by `noise` weighs less, what lies far off is pulled in. */
function learn(calibration: Calibration, observed: number, noise: number): Calibration {
  const { least, most } = assumptions[calibration.kind];
  const { mean, variance, evidence } = calibration;
  const weight = variance / (variance + noise ** 2) || 0;
  const reach = outlier * Math.sqrt(variance + noise ** 2);
  const deviation = Math.min(reach, Math.max(-reach, clamp(observed, least, most) - mean));
  const total = evidence + weight;
  const step = (weight * deviation) / total;
  const seen = weight * deviation * (deviation - step);
  const spread = ((evidence + caution) * variance + seen) / (total + caution);
  return {
    ...calibration,
    mean: clamp(mean + step, least, most),
    // Never so sure that the next answers cannot move it any more.
    variance: Math.max(spread, ((most - least) / 250) ** 2),
    evidence: Math.min(memory, total),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}
