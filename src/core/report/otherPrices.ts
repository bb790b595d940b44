import { compareAmounts, multiplyDivide } from "../budget/money";
import type { Picodollars } from "../budget/money";
import { costOf } from "../budget/price";
import type { TokenPrice, Usage } from "../budget/price";

/** What the same tokens cost at a model's price; undefined without a known one. */
export interface OtherPrice {
  readonly model: string;
  readonly cost: Picodollars | undefined;
}

/**
 * The same work at other models' prices, the cheapest first and those without a price last. Only an estimate: another model
 * counts the same words in other tokens, answers at another length, and may cache less.
 */
export function atOtherPrices(
  usage: Usage,
  models: readonly { readonly id: string; readonly price?: TokenPrice }[],
): OtherPrice[] {
  return models
    .map(({ id, price }) => ({
      model: id,
      cost: price === undefined ? undefined : costOf(usage, price),
    }))
    .toSorted((one, other) => compareAmounts(one.cost, other.cost));
}

/**
 * How much more the cached tokens would have cost without the cache, at today's price. Undefined without a known price.
 */
export function savedByCache(
  { usage }: { readonly usage: Pick<Usage, "cachedTokens"> },
  price: TokenPrice | undefined,
): Picodollars | undefined {
  if (price === undefined) return undefined;
  const { input, cachedInput } = price;
  if (cachedInput >= input) return 0n;
  return multiplyDivide(input - cachedInput, BigInt(usage.cachedTokens), 1_000_000n);
}

/** By how many percent more was spent than before; undefined if nothing was before. */
export function changeInPercent(now: Picodollars, before: Picodollars): number | undefined {
  if (before === 0n) return undefined;
  // In thousandths: exact enough, and a bigint that a number can hold.
  return Number(((now - before) * 1000n) / before) / 10;
}
