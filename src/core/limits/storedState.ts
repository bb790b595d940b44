import { decodeCalibration } from "../tokens/calibration";
import { hypotheses } from "./hypothesis";
import { limitDimensions } from "./limits";
import { reach } from "./learn";
import type { LimiterState } from "./limiterState";
import type { StoredLimits } from "./limitStore";
import { isRecord, parseJson } from "../unchecked";

/** Changed with the shape of `LimiterState`: what was written in another format is not read. */
const format = 1;

export function encodeState(state: LimiterState): string {
  return JSON.stringify({ format, state });
}

/** The stored state, or undefined for one that this version cannot use: the limits are then learnt again. */
export function decodeState(text: string): LimiterState | undefined {
  const stored = parseJson(text);
  if (!isStored(stored)) return undefined;
  const { calibration, own = {}, ...state } = stored.state;
  const learnt = decodeCalibration(calibration);
  return { ...state, own, ...(learnt !== undefined && { calibration: learnt }) };
}

interface Stored {
  readonly format: number;
  /** Earlier versions did not tell the user's own limits apart. */
  readonly state: Omit<LimiterState, "own"> & Partial<Pick<LimiterState, "own">>;
}

/** A damaged row would otherwise make every request fail: each field that the limiter relies on is checked. */
function isStored(value: unknown): value is Stored {
  if (!isRecord(value) || value["format"] !== format || !isRecord(value["state"])) return false;
  const { views, open, line, others, configured, toldLimits, shutUntilMs } = value["state"];
  const { nextTicket, changes, promotion, own = {} } = value["state"];
  return (
    Array.isArray(views) &&
    views.length === hypotheses.length &&
    views.every(isView) &&
    Array.isArray(open) &&
    open.every(isOpenRequest) &&
    Array.isArray(line) &&
    line.every(isWaitingRequest) &&
    isPerLimit(others, isOthersUse) &&
    isPerLimit(configured, isCount) &&
    isPerLimit(own, isCount) &&
    isPerLimit(toldLimits, isCount) &&
    isCount(nextTicket) &&
    isCount(changes) &&
    isRecord(promotion) &&
    [promotion["atMs"], promotion["place"]].every(Number.isFinite) &&
    (shutUntilMs === undefined || Number.isFinite(shutUntilMs))
  );
}

/** Whether it has values of one kind by limit, where it has any. */
function isPerLimit(values: unknown, isValue: (value: unknown) => boolean): boolean {
  return (
    isRecord(values) &&
    limitDimensions.every((dimension) => {
      const value = values[dimension];
      return value === undefined || isValue(value);
    })
  );
}

function isView(view: unknown): boolean {
  return isRecord(view) && isCount(view["doubt"]) && isPerLimit(view["buckets"], isBucket);
}

function isBucket(bucket: unknown): boolean {
  if (!isRecord(bucket)) return false;
  const { limit, windowMs, used, atMs } = bucket;
  return [limit, windowMs, used].every(isCount) && Number.isFinite(atMs);
}

function isOthersUse(others: unknown): boolean {
  if (!isRecord(others) || !Array.isArray(others["rates"])) return false;
  const { rates, measuredAtMs, toldAtMs, ticket, askedAtMs } = others;
  const numbers = [measuredAtMs, toldAtMs, ticket, askedAtMs];
  return rates.length === 2 && rates.every(isCount) && numbers.every(Number.isFinite);
}

function isOpenRequest(request: unknown): boolean {
  if (!isRecord(request)) return false;
  const { ticket, need, sentAtMs, told, sightings } = request;
  const isKnown = [ticket, sentAtMs].every(Number.isFinite) && isNeed(need) && isRecord(told);
  return isKnown && isPerLimit(sightings, isSighting);
}

function isWaitingRequest(request: unknown): boolean {
  if (!isRecord(request)) return false;
  const { place, need, sinceMs, returnsByMs } = request;
  return [place, sinceMs, returnsByMs].every(Number.isFinite) && isNeed(need);
}

function isNeed(need: unknown): boolean {
  return isRecord(need) && isCount(need["tokens"]) && isCount(need["outputCap"]);
}

function isSighting(sighting: unknown): boolean {
  if (!isRecord(sighting)) return false;
  const { used, atMs, sinceMs, inflow, expected } = sighting;
  return [used, atMs, sinceMs, inflow].every(Number.isFinite) && Array.isArray(expected);
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
 * Adjusts a state that a process reads for the first time. The monotonic clock may have restarted with the machine
 * since: if the two clocks disagree on the time that has passed, the epoch clock is believed.
 */
export function sinceStored(state: LimiterState, stored: StoredLimits, moment: Moment): void {
  const passed = moment.monotonicMs - stored.savedAtMonotonicMs;
  const passedByEpoch = Math.max(0, moment.nowMs - stored.savedAtMs);
  if (passed >= 0 && passedByEpoch - passed <= toleratedMs) return;
  shiftTimes(state, moment.monotonicMs - passedByEpoch - stored.savedAtMonotonicMs);
}

/** In milliseconds: for the time between two windows' readings, and for corrections of the machine's clock. */
const toleratedMs = 60_000;

/**
 * Requests of processes that are gone count in full, because nobody knows whether the service saw them: it is taken to
 * have seen them by the time that no headers can come any more.
 */
export function closeForgotten(state: LimiterState, nowMs: number): void {
  for (const request of state.open)
    if (nowMs - request.sentAtMs > headersMs) reach(state, request, request.sentAtMs + headersMs);
  state.open = state.open.filter(({ sentAtMs }) => nowMs - sentAtMs <= answerMs);
  state.line = state.line.filter(({ returnsByMs }) => returnsByMs >= nowMs);
}

/** In milliseconds: longer than any request waits for its headers, and for its end. */
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
  // The machine was off: nobody waits in line any more. What open requests took stays counted.
  state.open = state.open.map((request) => ({ ...request, sentAtMs: request.sentAtMs + byMs }));
  state.line = [];
  state.promotion = { ...state.promotion, atMs: state.promotion.atMs + byMs };
}
