import { succeed } from "../dispatch/failure";
import type { Result } from "../dispatch/failure";
import type { RateLimits } from "../models/model";
import type { HeaderLimits } from "../models/planLimits";
import type { Calibration } from "../tokens/calibration";
import { trusted } from "./doubt";
import { configure, newLimiterState } from "./limiterState";
import type { LimiterState, WaitingRequest } from "./limiterState";
import type { LimitKey, LimitStore, StoredLimits } from "./limitStore";
import type { Need } from "./limits";
import { leave, needsAhead, notePromotion, stand } from "./line";
import { createRateLimiter } from "./rateLimiter";
import type { Admission, FreeRoom, RateLimiter, Ticket } from "./rateLimiter";
import type { RequestClass } from "./requestClass";
import { closeForgotten, decodeState, encodeState, sinceStored } from "./storedState";
import type { Moment } from "./storedState";

/** A request that asks for admission; `place` is the place in line from an earlier wait. */
export interface Applicant {
  readonly need: Need;
  readonly requestClass: RequestClass;
  readonly place?: number;
}

/** Admitted with a ticket, told to wait with a place in the line, or never possible. */
export type Entry =
  | { readonly kind: "admitted"; readonly ticket: Ticket }
  | (Extract<Admission, { kind: "wait" }> & { readonly place: number })
  | Extract<Admission, { kind: "never" }>;

/**
 * The limits of one account and model as all windows of the machine share them. Each operation reads what the
 * windows wrote last and writes its change, or tries again if another window was first. Fails with the store's failure.
 */
export interface SharedLimiter {
  forecast(applicant: Applicant): Promise<Result<Admission>>;
  /** Takes room if there is enough after the requests ahead of it; otherwise the request joins the line. */
  enter(applicant: Applicant): Promise<Result<Entry>>;
  /** Gives up the place in the line. */
  leave(place: number): Promise<void>;
  /** Notes what was learnt from a request, or how it ended; a ticket that has ended is ignored. */
  note(act: (limiter: RateLimiter, nowMs: number) => void): Promise<void>;
  look(): Promise<Result<Look>>;
  /** Calls `listener` when there may be more room than was reported; returns what ends that. */
  onChange(listener: () => void): () => void;
}

/** What is needed to prepare a request. */
export interface Look {
  readonly room: FreeRoom;
  /** The limits that headers named last. */
  readonly told: HeaderLimits;
  /** How many ways of counting are possible, and how many of them Groq's answers have not contradicted. */
  readonly readings: { readonly all: number; readonly trusted: number };
  readonly calibration?: Calibration;
}

export interface SharedLimiterParts {
  readonly key: LimitKey;
  readonly store: LimitStore;
  readonly moment: () => Moment;
  /** The limits that are set or published, given what headers have reported so far. */
  readonly limits: (told: HeaderLimits) => RateLimits;
  /** Those of them that the user has set. */
  readonly ownLimits: () => RateLimits;
  /** Calls back when another window has written; returns what ends that. */
  readonly onStoreChange: (listener: () => void) => () => void;
}

/** In milliseconds: a waiting window looks in at least this often; after twice this time without a look it is gone. */
export const longestAbsenceMs = 15_000;

export function createSharedLimiter(parts: SharedLimiterParts): SharedLimiter {
  const { key, store, moment, limits, ownLimits, onStoreChange } = parts;
  const listeners = new Set<() => void>();
  /** What this window read or wrote last; undefined before the first look. */
  let known: { readonly version: number; readonly state: LimiterState } | undefined;
  /** Nobody has written since it was read. */
  let isNewest = false;
  /** `changes` of the state that this window wrote last. */
  let changesSeen = 0;
  /** A look that waits for its turn: callers that look meanwhile share it. */
  let nextLook: Promise<Result<Look>> | undefined;
  /** To be written next. */
  const notes: ((limiter: RateLimiter, nowMs: number) => void)[] = [];
  /** One after the other: windows compete with each other, not with themselves. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = turn.then(act);
    turn = result.catch(() => undefined);
    return result;
  }

  onStoreChange(() => {
    isNewest = false;
  });

  /** The newest state, as of now. */
  async function read(): Promise<Result<LimiterState>> {
    isNewest = true;
    const loaded = await store.load(key);
    if (!loaded.ok) {
      isNewest = false;
      return loaded;
    }
    return succeed(adopt(loaded.value));
  }

  /**
   * The state to prepare a request with. The round trip to the store is saved as long as no window has announced a
   * change: should an announcement be missed, `enter` finds the change.
   */
  async function glance(): Promise<Result<LimiterState>> {
    return isNewest && known !== undefined ? succeed(upToDate(known.state)) : read();
  }

  /** What a process finds at its first look may have been written before the machine was last switched off. */
  function adopt(stored: StoredLimits | undefined): LimiterState {
    const version = stored?.version ?? 0;
    if (known?.version === version) return upToDate(known.state);
    const { monotonicMs } = moment();
    const found = stored === undefined ? undefined : decodeState(stored.state);
    const state = found ?? newLimiterState(limits({}), monotonicMs);
    if (found !== undefined && stored !== undefined && known === undefined)
      sinceStored(state, stored, moment());
    known = { version, state };
    return upToDate(state);
  }

  function upToDate(state: LimiterState): LimiterState {
    const { monotonicMs } = moment();
    configure(state, limits(state.toldLimits), ownLimits(), monotonicMs);
    closeForgotten(state, monotonicMs);
    return state;
  }

  /** Applies `act` to the newest state and writes it; `act` runs again if another window wrote first. */
  async function change<T>(act: (state: LimiterState, nowMs: number) => T): Promise<Result<T>> {
    for (;;) {
      const current = known === undefined ? await read() : succeed(upToDate(known.state));
      if (!current.ok) return current;
      const state = current.value;
      const { nowMs, monotonicMs } = moment();
      const value = act(state, monotonicMs);
      const version = (known?.version ?? 0) + 1;
      // `act` has changed it in place: until the store confirms, it is no version that is stored.
      known = { version: -1, state };
      const newer = await store.replace(key, {
        version,
        state: encodeState(state),
        savedAtMs: nowMs,
        savedAtMonotonicMs: monotonicMs,
      });
      if (!newer.ok) {
        isNewest = false;
        return newer;
      }
      if (newer.value === undefined) {
        known = { version, state };
        changesSeen = state.changes;
        return succeed(value);
      }
      adopt(newer.value);
    }
  }

  /** Notes that piled up while another change was being written are written together. */
  async function writeNotes(): Promise<void> {
    const taken = notes.splice(0);
    if (taken.length === 0) return;
    await change((state, nowMs) => {
      const limiter = createRateLimiter(state);
      for (const act of taken) act(limiter, nowMs);
    });
  }

  function tellListeners(): void {
    for (const listener of listeners) listener();
  }

  return {
    forecast: (applicant) =>
      inTurn(async () => {
        const state = await read();
        if (!state.ok) return state;
        const { monotonicMs } = moment();
        return succeed(
          forecastFor(state.value, waitingAs(state.value, applicant, monotonicMs), monotonicMs),
        );
      }),
    enter: (applicant) => inTurn(() => change((state, nowMs) => enter(state, applicant, nowMs))),
    async leave(place) {
      await inTurn(() => change((state) => leave(state, place)));
      tellListeners();
    },
    async note(act) {
      notes.push(act);
      await inTurn(writeNotes);
      tellListeners();
    },
    look: () =>
      (nextLook ??= inTurn(async () => {
        nextLook = undefined;
        const state = await glance();
        if (!state.ok) return state;
        const { calibration, toldLimits: told, views } = state.value;
        const readings = { all: views.length, trusted: trusted(state.value).length };
        const room = createRateLimiter(state.value).free(moment().monotonicMs);
        return succeed({ room, told, readings, ...(calibration !== undefined && { calibration }) });
      })),
    onChange(listener) {
      listeners.add(listener);
      const seen = changesSeen;
      const end = onStoreChange(() => {
        // Windows that only look also write: if that woke others, all would keep waking each other.
        void inTurn(read).then((state) => {
          if (state.ok && state.value.changes !== seen) listener();
        });
      });
      return () => {
        listeners.delete(listener);
        end();
      };
    },
  };
}

function enter(state: LimiterState, applicant: Applicant, nowMs: number): Entry {
  const waiting = waitingAs(state, applicant, nowMs);
  const admission = forecastFor(state, waiting, nowMs);
  switch (admission.kind) {
    case "now":
      notePromotion(state, waiting.place, nowMs);
      leave(state, waiting.place);
      return { kind: "admitted", ticket: createRateLimiter(state).admit(waiting.need, nowMs) };
    case "wait":
      stand(state, waiting);
      state.nextTicket = Math.max(state.nextTicket, waiting.place + 1);
      return { ...admission, place: waiting.place };
    case "never":
      leave(state, waiting.place);
      return admission;
  }
}

function forecastFor(state: LimiterState, waiting: WaitingRequest, nowMs: number): Admission {
  const ahead = needsAhead(state, waiting, nowMs);
  return createRateLimiter(state).forecast(waiting.need, nowMs, ahead);
}

/** The applicant in line: at its old place, or as the last of its class. */
function waitingAs(
  state: LimiterState,
  { need, requestClass, place = state.nextTicket }: Applicant,
  nowMs: number,
): WaitingRequest {
  const before = state.line.find((other) => other.place === place);
  const sinceMs = before?.sinceMs ?? nowMs;
  return { place, requestClass, need, sinceMs, returnsByMs: nowMs + 2 * longestAbsenceMs };
}
