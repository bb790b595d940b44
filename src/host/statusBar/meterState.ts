import { capPeriods } from "../../core/budget/caps";
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
import { savedByCache } from "../../core/report/otherPrices";

/** How much of its limits a model has left. */
export interface ModelRoom {
  readonly model: string;
  readonly room: FreeRoom;
  /** Where its limits are from; absent for a second provider's, which has no plans. */
  readonly plan?: PlanEvidence;
}

/** All that the status bar and the table of limits show. */
export interface MeterState {
  readonly spends: Readonly<Record<CapPeriod, Spend>>;
  readonly caps: Caps;
  /** The raise that is in the day's cap. */
  readonly raise?: Raise;
  /** What cached input would have cost more in this month, at the prices as they are known now. */
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
  /** As known now; undefined for what has no known price. */
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
    savedIn(sources, today.slice(0, "2026-11".length)),
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

/** Nothing where it is not known: it is only told of when there is some. */
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
  const share = BigInt(Math.round(state.warnAt));
  return caps.some(({ cap, spent }) => spent * 100n >= cap * share) ? "warning" : "calm";
}

function capStates({ caps, spends }: MeterState): CapState[] {
  return capPeriods.flatMap((period) => {
    const cap = caps[period];
    return cap === undefined ? [] : [{ period, cap, spent: spends[period].cost }];
  });
}
