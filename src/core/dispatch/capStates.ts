import { capPeriods } from "../budget/caps";
import type { Caps, CapState } from "../budget/caps";
import { succeed } from "./failure";
import type { Result } from "./failure";
import type { Ledger } from "./ledger";
import { spendScopes } from "./spendScopes";

/** How each cap stands for a request of this conversation and local day. */
export async function readCapStates(
  ledger: Ledger,
  caps: Caps,
  request: { readonly conversationId: string; readonly day: string },
): Promise<Result<readonly CapState[]>> {
  const scopes = spendScopes(request.conversationId, request.day);
  const states: CapState[] = [];
  for (const period of capPeriods) {
    const cap = caps[period];
    if (cap === undefined) continue;
    const spend = await ledger.spent(scopes[period]);
    if (!spend.ok) return spend;
    states.push({ period, cap, spent: spend.value.cost });
  }
  return succeed(states);
}
