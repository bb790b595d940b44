import type { Caps } from "./caps";
import type { Picodollars } from "./money";

/** A higher cap for the rest of one local day. It lapses when the daily cap that it was made for is changed. */
export interface Raise {
  /** The local day, e.g. `2026-11-20`. */
  readonly day: string;
  /** What may be spent on it in all. */
  readonly cap: Picodollars;
  /** The daily cap that was raised. */
  readonly over: Picodollars;
}

/** A typing error must not cost more than this many days' budgets. */
const mostTimes = 10n;

const cent = 10_000_000_000n;

/** The raise as long as it is in force: on its day, and while the daily cap is the one that it was made for. */
export function raiseInForce(
  raise: Raise | undefined,
  caps: Caps,
  today: string,
): Raise | undefined {
  return raise?.day === today && raise.over === caps.day ? raise : undefined;
}

/** The caps with the raise applied; those of session and month stay. */
export function withRaise(caps: Caps, raise: Raise | undefined, today: string): Caps {
  const inForce = raiseInForce(raise, caps, today);
  return inForce === undefined ? caps : { ...caps, day: inForce.cap };
}

/** The most that the day may be raised to; never more than the month may cost. */
export function highestRaise(caps: Caps & { readonly day: Picodollars }): Picodollars {
  const most = caps.day * mostTimes;
  return caps.month !== undefined && caps.month < most ? caps.month : most;
}

/** Half as much again as the daily cap, or what the refused request needs if that is more: in whole cents, up to `highestRaise`. */
export function suggestedRaise(
  caps: Caps & { readonly day: Picodollars },
  needed: Picodollars,
): Picodollars {
  const half = (caps.day * 3n + 1n) / 2n;
  const wanted = needed > half ? needed : half;
  const wholeCents = ((wanted + cent - 1n) / cent) * cent;
  const highest = highestRaise(caps);
  return wholeCents < highest ? wholeCents : highest;
}
