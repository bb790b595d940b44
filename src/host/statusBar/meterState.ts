import { capPeriods, isNearlyUsedUp } from "../../core/budget/caps";
import type { CapPeriod, Caps, CapState } from "../../core/budget/caps";
import type { Picodollars } from "../../core/budget/money";
import type { TokenPrice } from "../../core/budget/price";
import type { Raise } from "../../core/budget/raise";
import type { ModelUsage, UsageQueries } from "../../core/budget/usageQueries";
import type { Clock } from "../../core/dispatch/clock";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import { spendScopes } from "../../core/dispatch/spendScopes";
import type { FreeRoom } from "../../core/limits/rateLimiter";
import type { PlanEvidence } from "../../core/models/planLimits";
import { monthOf } from "../../core/report/calendar";
import { savedByCache } from "../../core/report/otherPrices";

/** How much of its limits a model has left. */
export interface ModelRoom {
  readonly model: string;
  readonly room: FreeRoom;
  /** Where its limits come from; absent for the second provider's model, which has no plans. */
  readonly plan?: PlanEvidence;
}

/** Everything that the status bar and the table of limits show. */
export interface MeterState {
  readonly spends: Readonly<Record<CapPeriod, Spend>>;
  readonly caps: Caps;
  /** The raise that the day's cap includes. */
  readonly raise?: Raise;
  /** How much more this month's cached input would have cost without the cache, at today's prices. */
  readonly saved: Picodollars;
  /** Percent of a cap at which the user is warned. */
  readonly warnAt: number;
  /** Absent without a key. */
  readonly room?: ModelRoom;
  readonly activity: MeterActivity;
}

/** What the last request is doing, as far as it concerns the meter. */
export type MeterActivity = "calm" | "waiting" | "offline";

export interface MeterSources {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly usage: Pick<UsageQueries, "spentByModel">;
  /** Today's price; undefined if it is not known. */
  readonly priceOf: (row: Pick<ModelUsage, "model" | "provider">) => TokenPrice | undefined;
  readonly caps: () => Caps;
  readonly raise: () => Raise | undefined;
  readonly warnAt: () => number;
  readonly conversationId: () => string;
  readonly room: () => Promise<ModelRoom | undefined>;
  readonly activity: () => MeterActivity;
}

export async function readMeterState(sources: MeterSources): Promise<Result<MeterState>> {
  const { ledger, clock } = sources;
  const today = clock.localDay(clock.now());
  const scopes = spendScopes(sources.conversationId(), today);
  const [session, day, month, saved, room] = await Promise.all([
    ledger.spent(scopes.session),
    ledger.spent(scopes.day),
    ledger.spent(scopes.month),
    savedIn(sources, monthOf(today)),
    sources.room(),
  ]);
  if (!session.ok) return session;
  if (!day.ok) return day;
  if (!month.ok) return month;
  const raise = sources.raise();
  return succeed({
    saved,
    ...(raise !== undefined && { raise }),
    spends: { session: session.value, day: day.value, month: month.value },
    caps: sources.caps(),
    warnAt: sources.warnAt(),
    activity: sources.activity(),
    ...(room !== undefined && { room }),
  });
}

/** Zero if it is not known: it is only mentioned when there is some. */
async function savedIn({ usage, priceOf }: MeterSources, month: string): Promise<Picodollars> {
  const rows = await usage.spentByModel(month);
  if (!rows.ok) return 0n;
  return rows.value.reduce((sum, row) => sum + (savedByCache(row, priceOf(row)) ?? 0n), 0n);
}

/** How near the spending is to its caps. */
export type BudgetLevel = "calm" | "warning" | "over";

export function budgetLevel(state: MeterState): BudgetLevel {
  const caps = capStates(state);
  if (caps.some(({ cap, spent }) => spent >= cap)) return "over";
  return caps.some((cap) => isNearlyUsedUp(cap, state.warnAt)) ? "warning" : "calm";
}

function capStates({ caps, spends }: MeterState): CapState[] {
  return capPeriods.flatMap((period) => {
    const cap = caps[period];
    return cap === undefined ? [] : [{ period, cap, spent: spends[period].cost }];
  });
}
