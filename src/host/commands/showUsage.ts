import * as z from "zod/mini";
import { exactDollars } from "../../core/budget/money";
import type { Clock } from "../../core/dispatch/clock";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import { spendScopes } from "../../core/dispatch/spendScopes";
import { usageTabs } from "../../protocol/usageMessages";
import type { UsagePanel } from "../usageView/usagePanel";
import type { CommandResult } from "./commandResult";

const requestSchema = z.object({ tab: z.optional(z.enum(usageTabs)) });

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

/** Opens the usage page, on the given tab if there is one, and returns what today and this month have cost. */
export async function showUsage(
  parts: { readonly ledger: Ledger; readonly clock: Clock; readonly panel: UsagePanel },
  argument: unknown,
): Promise<CommandResult> {
  const { ledger, clock, panel } = parts;
  panel.show(requestSchema.safeParse(argument).data?.tab);
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
