import type { Spend } from "../dispatch/ledger";
import type { Tally } from "./usageReport";

const nothing: Tally = {
  cost: 0n,
  calls: 0,
  estimated: false,
  unpriced: 0,
  usage: { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 },
};

/** The sum of two. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    ...addSpends(one, other),
    usage: {
      promptTokens: one.usage.promptTokens + other.usage.promptTokens,
      cachedTokens: one.usage.cachedTokens + other.usage.cachedTokens,
      completionTokens: one.usage.completionTokens + other.usage.completionTokens,
      reasoningTokens: one.usage.reasoningTokens + other.usage.reasoningTokens,
    },
  };
}

export function sumTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(addTallies, nothing);
}

function addSpends(one: Spend, other: Spend): Spend {
  return {
    cost: one.cost + other.cost,
    calls: one.calls + other.calls,
    estimated: one.estimated || other.estimated,
    unpriced: one.unpriced + other.unpriced,
  };
}

export function sumSpends(spends: readonly Spend[]): Spend {
  return spends.reduce(addSpends, { cost: 0n, calls: 0, estimated: false, unpriced: 0 });
}
