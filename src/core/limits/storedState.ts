import { decodeCalibration } from "../tokens/calibration";
import { hypotheses } from "./hypothesis";
import { limitDimensions } from "./limits";
import { reach } from "./learn";
import type { LimiterState } from "./limiterState";
import type { StoredLimits } from "./limitStore";
import { isRecord } from "../unchecked";

/** Changes with the shape of `LimiterState`: what another version wrote is not read. */
const format = 1;

export function encodeState(state: LimiterState): string {
  return JSON.stringify({ format, state });
}

/** The state that was stored, or undefined for what this version cannot use: it is learnt anew then. */
export function decodeState(text: string): LimiterState | undefined {
  try {
    const stored: unknown = JSON.parse(text);
    if (!isStored(stored)) return undefined;
    const { calibration, ...state } = stored.state;
    const learnt = decodeCalibration(calibration);
    return learnt === undefined ? state : { ...state, calibration: learnt };
  } catch {
    return undefined;
  }
}

interface Stored {
  readonly format: number;
  readonly state: LimiterState;
}

/** The file is our own: the marks of its kind are looked at, and the numbers that all else is reckoned from. */
function isStored(value: unknown): value is Stored {
  if (!isRecord(value) || value["format"] !== format || !isRecord(value["state"])) return false;
  const { views, open, line, others, configured, toldLimits, shutUntilMs } = value["state"];
  return (
    Array.isArray(views) &&
    views.length === hypotheses.length &&
    views.every(isView) &&
    Array.isArray(open) &&
    Array.isArray(line) &&
    isRecord(others) &&
    isRecord(configured) &&
    isRecord(toldLimits) &&
    (shutUntilMs === undefined || Number.isFinite(shutUntilMs))
  );
}

function isView(view: unknown): boolean {
  if (!isRecord(view) || !isRecord(view["buckets"]) || !isCount(view["doubt"])) return false;
  const { buckets } = view;
  return limitDimensions.every((dimension) => {
    const bucket = isRecord(buckets) ? buckets[dimension] : undefined;
    if (bucket === undefined) return true;
    if (!isRecord(bucket)) return false;
    const { limit, windowMs, used, atMs } = bucket;
    return [limit, windowMs, used].every(isCount) && Number.isFinite(atMs);
  });
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/** Both clocks at one moment, in milliseconds. */
export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/**
 * A state as a process finds it that reads it for the first time. The monotonic clock may have begun anew with the
 * machine since: if both clocks do not agree on the time that has passed, the epoch's is believed.
 */
export function sinceStored(state: LimiterState, stored: StoredLimits, moment: Moment): void {
  const passed = moment.monotonicMs - stored.savedAtMonotonicMs;
  const passedByEpoch = Math.max(0, moment.nowMs - stored.savedAtMs);
  if (passed >= 0 && passedByEpoch - passed <= toleratedMs) return;
  shiftTimes(state, moment.monotonicMs - passedByEpoch - stored.savedAtMonotonicMs);
}

/** Between windows' looks at their clocks, and for what the machine's clock was set right meanwhile. */
const toleratedMs = 60_000;

/**
 * Requests of processes that are gone count in full: whether the service saw them is not known. It has by the time that
 * no headers can come any more.
 */
export function closeForgotten(state: LimiterState, nowMs: number): void {
  for (const request of state.open)
    if (nowMs - request.sentAtMs > headersMs) reach(state, request, request.sentAtMs + headersMs);
  state.open = state.open.filter(({ sentAtMs }) => nowMs - sentAtMs <= answerMs);
  state.line = state.line.filter(({ returnsByMs }) => returnsByMs >= nowMs);
}

/** Longer than any request waits for its headers, and for its end. */
const headersMs = 120_000;
const answerMs = 900_000;

function shiftTimes(state: LimiterState, byMs: number): void {
  for (const { buckets } of state.views)
    for (const dimension of limitDimensions) {
      const bucket = buckets[dimension];
      if (bucket !== undefined) buckets[dimension] = { ...bucket, atMs: bucket.atMs + byMs };
    }
  for (const dimension of limitDimensions) {
    const others = state.others[dimension];
    if (others === undefined) continue;
    const { measuredAtMs, toldAtMs, askedAtMs } = others;
    state.others[dimension] = {
      ...others,
      measuredAtMs: measuredAtMs + byMs,
      toldAtMs: toldAtMs + byMs,
      askedAtMs: askedAtMs + byMs,
    };
  }
  if (state.shutUntilMs !== undefined) state.shutUntilMs += byMs;
  // The machine was off: who asked or waited then does so no longer, and what they took stays counted.
  state.open = state.open.map((request) => ({ ...request, sentAtMs: request.sentAtMs + byMs }));
  state.line = [];
  state.promotion = { ...state.promotion, atMs: state.promotion.atMs + byMs };
}
