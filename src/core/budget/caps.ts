import type { Failure } from "../dispatch/failure";
import type { Picodollars } from "./money";

/** A session is a conversation for its whole life; days and months are the local calendar's. */
export type CapPeriod = "session" | "day" | "month";

/** The most that may be spent in each period; absent = no cap. */
export type Caps = Readonly<Partial<Record<CapPeriod, Picodollars>>>;

/** One cap, and what has been spent of it, open reservations included. */
export interface CapState {
  readonly period: CapPeriod;
  readonly cap: Picodollars;
  readonly spent: Picodollars;
}

export const capPeriods: readonly CapPeriod[] = ["session", "day", "month"];

/** The cap with the least left; undefined without caps. */
export function tightestCap(states: readonly CapState[]): CapState | undefined {
  return states.reduce<CapState | undefined>(
    (tightest, state) =>
      tightest === undefined || left(state) < left(tightest) ? state : tightest,
    undefined,
  );
}

/** What is left of a cap; never negative. */
export function left({ cap, spent }: CapState): Picodollars {
  return spent >= cap ? 0n : cap - spent;
}

/** Whether at least `percent` of a cap is spent. */
export function isNearlyUsedUp({ cap, spent }: CapState, percent: number): boolean {
  return spent * 100n >= cap * BigInt(Math.round(percent));
}

/** Why a reservation of `cost` must be refused, or undefined. Without a known price no cap can be enforced. */
export function refuseOverCap(
  states: readonly CapState[],
  model: string,
  cost: Picodollars | undefined,
): Failure | undefined {
  const tightest = tightestCap(states);
  if (tightest === undefined) return undefined;
  if (cost === undefined) return { kind: "noPrice", model };
  return cost > left(tightest) ? overCap(tightest, cost) : undefined;
}

/** Amounts in failures are decimal text: failures are stored and sent as JSON, which has no bigint. */
export function overCap({ period, cap, spent }: CapState, needed: Picodollars): Failure {
  return {
    kind: "overCap",
    period,
    cap: cap.toString(),
    spent: spent.toString(),
    needed: needed.toString(),
  };
}
