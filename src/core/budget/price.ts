import { exactDollars, multiplyDivide, parseDollars } from "./money";
import type { Picodollars } from "./money";

/** Picodollars per million tokens. `cachedInput` equals `input` where no discount is published. */
export interface TokenPrice {
  readonly input: Picodollars;
  readonly cachedInput: Picodollars;
  readonly output: Picodollars;
}

/**
 * What a chat answer used, in tokens, as Groq's `usage` reports it: `promptTokens` includes
 * `cachedTokens`, and `completionTokens` includes `reasoningTokens`.
 */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

/**
 * Usage with nothing from the cache. Of a prompt at its proven bound and an answer at its cap, it is the most that a
 * request can use.
 */
export function uncachedUsage(promptTokens: number, completionTokens: number): Usage {
  return { promptTokens, cachedTokens: 0, completionTokens, reasoningTokens: 0 };
}

const million = 1_000_000n;

/** Makes a price from decimal dollars per million tokens; undefined if one of them is not a price. */
export function tokenPrice(
  usdPerMillion: Readonly<{ input: string; cached?: string; output: string }>,
): TokenPrice | undefined {
  const input = parseDollars(usdPerMillion.input);
  const output = parseDollars(usdPerMillion.output);
  const cachedInput = parseDollars(usdPerMillion.cached ?? usdPerMillion.input);
  if (input === undefined || output === undefined || cachedInput === undefined) return undefined;
  return { input, cachedInput, output };
}

/** A price for people: exact, with two decimal places or as many as it has, e.g. `$0.15`, `$0.0375`. */
export function formatPrice(price: Picodollars): string {
  return `$${exactDollars(price).replace(/0{1,10}$/, "")}`;
}

/** `(prompt - cached) * input + cached * cachedInput + completion * output`, each item rounded once. */
export function costOf(usage: Usage, price: TokenPrice): Picodollars {
  const cached = BigInt(Math.min(usage.cachedTokens, usage.promptTokens));
  const uncached = BigInt(usage.promptTokens) - cached;
  return (
    multiplyDivide(price.input, uncached, million) +
    multiplyDivide(price.cachedInput, cached, million) +
    multiplyDivide(price.output, BigInt(usage.completionTokens), million)
  );
}

/** How many whole tokens an amount pays for, at a price above zero per million. */
export function tokensFor(amount: Picodollars, price: Picodollars): bigint {
  return (amount * million) / price;
}
