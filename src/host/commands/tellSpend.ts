import { exactDollars } from "../../core/budget/money";
import type { Clock } from "../../core/dispatch/clock";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import { spendScopes } from "../../core/dispatch/spendScopes";
import type { CommandResult } from "./commandResult";

/** The same sums as in the status bar: settled costs and open reservations. */
interface ShownUsage {
  readonly ok: true;
  readonly today: ShownSpend;
  readonly month: ShownSpend;
}

interface ShownSpend {
  readonly calls: number;
  /** US dollars as decimal text, without calls whose price is not known; absent if none is known. */
  readonly costUsd?: string;
  readonly estimated: boolean;
  readonly unpricedCalls: number;
}

/** What today and this month have cost: what the command that shows the usage page returns. */
export async function tellSpend(ledger: Ledger, clock: Clock): Promise<CommandResult> {
  const scopes = spendScopes("", clock.localDay(clock.now()));
  const [today, month] = await Promise.all([ledger.spent(scopes.day), ledger.spent(scopes.month)]);
  if (!today.ok) return today;
  if (!month.ok) return month;
  const shown: ShownUsage = {
    ok: true,
    today: shownSpend(today.value),
    month: shownSpend(month.value),
  };
  return shown;
}

function shownSpend({ calls, cost, estimated, unpriced }: Spend): ShownSpend {
  const isKnown = calls === 0 || unpriced < calls;
  return {
    calls,
    ...(isKnown && { costUsd: exactDollars(cost) }),
    estimated,
    unpricedCalls: unpriced,
  };
}
