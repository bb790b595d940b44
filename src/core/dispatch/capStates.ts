import { capPeriods } from "../budget/caps";
import type { Caps, CapState } from "../budget/caps";
import { succeed } from "./failure";
import type { Result } from "./failure";
import type { Ledger, SpendScope } from "./ledger";
import { spendScopes } from "./spendScopes";

/** The state of each cap for a request of this conversation on this local day. */
export async function readCapStates(
  ledger: Ledger,
  caps: Caps,
  request: { readonly conversationId: string; readonly day: string },
): Promise<Result<readonly CapState[]>> {
  const scopes = spendScopes(request.conversationId, request.day);
  // In parallel: each read is a round trip to the store's thread.
  const looks = await Promise.all(
    capPeriods.flatMap((period) => {
      const cap = caps[period];
      return cap === undefined ? [] : [capState(ledger, { period, cap }, scopes[period])];
    }),
  );
  const states: CapState[] = [];
  for (const look of looks) {
    if (!look.ok) return look;
    states.push(look.value);
  }
  return succeed(states);
}

async function capState(
  ledger: Ledger,
  cap: Pick<CapState, "period" | "cap">,
  scope: SpendScope,
): Promise<Result<CapState>> {
  const spend = await ledger.spent(scope);
  return spend.ok ? succeed({ ...cap, spent: spend.value.cost }) : spend;
}
