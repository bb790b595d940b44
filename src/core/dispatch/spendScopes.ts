import type { CapPeriod } from "../budget/caps";
import { monthOf } from "../report/calendar";
import type { SpendScope } from "./ledger";

/** The sums that a request of this conversation and local day counts in, by the period of a cap. */
export function spendScopes(
  conversationId: string,
  day: string,
): Readonly<Record<CapPeriod, SpendScope>> {
  return {
    session: { kind: "session", conversationId },
    day: { kind: "day", day },
    month: { kind: "month", month: monthOf(day) },
  };
}
