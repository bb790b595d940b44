import type { Need } from "./limits";
import type { LimiterState, WaitingRequest } from "./limiterState";
import { rankOf } from "./requestClass";

/** A request of a lower class goes before others when none has done so for this long. */
const promotionMs = 60_000;

/** The needs of those that go before a request, which may be in the line or only considering to join it. */
export function needsAhead(
  state: LimiterState,
  request: WaitingRequest,
  nowMs: number,
): readonly Need[] {
  const others = state.line.filter(({ place }) => place !== request.place);
  const ordered = inOrder(state, [...others, request], nowMs);
  return ordered.slice(0, ordered.indexOf(request)).map(({ need }) => need);
}

/** Takes a place, or keeps it. */
export function stand(state: LimiterState, request: WaitingRequest): void {
  state.line = [...state.line.filter(({ place }) => place !== request.place), request];
}

/** Counted as a change only if somebody left: those behind move up. */
export function leave(state: LimiterState, place: number): void {
  const left = state.line.filter((other) => other.place !== place);
  if (left.length < state.line.length) state.changes++;
  state.line = left;
}

/** To be called before an admitted request leaves the line. */
export function notePromotion(state: LimiterState, place: number, nowMs: number): void {
  const [first, ...rest] = inOrder(state, state.line, nowMs);
  if (first?.place !== place) return;
  const passed = rest.some((other) => rankOf(other.requestClass) < rankOf(first.requestClass));
  if (passed) state.promotion = { atMs: nowMs, place: state.nextTicket };
}

/** Those that are still there, the next one first. */
function inOrder(
  state: LimiterState,
  line: readonly WaitingRequest[],
  nowMs: number,
): readonly WaitingRequest[] {
  const ordered = line
    .filter(({ returnsByMs }) => returnsByMs >= nowMs)
    .toSorted((a, b) => rankOf(a.requestClass) - rankOf(b.requestClass) || a.place - b.place);
  const promoted = promotedOf(state, ordered, nowMs);
  return promoted === undefined
    ? ordered
    : [promoted, ...ordered.filter((request) => request !== promoted)];
}

/**
 * The request that has waited longest behind a higher class, so that none waits forever. None is passed twice: the
 * next one is promoted only when all that the last one passed have gone.
 */
function promotedOf(
  state: LimiterState,
  ordered: readonly WaitingRequest[],
  nowMs: number,
): WaitingRequest | undefined {
  const [first] = ordered;
  const { atMs, place } = state.promotion;
  const higher = ordered.filter(({ requestClass }) => requestClass === first?.requestClass);
  const [oldest] = ordered
    .filter(({ requestClass }) => requestClass !== first?.requestClass)
    .toSorted((a, b) => a.place - b.place);
  if (oldest === undefined || higher.some((other) => other.place < place)) return undefined;
  return nowMs - Math.max(oldest.sinceMs, atMs) >= promotionMs ? oldest : undefined;
}
