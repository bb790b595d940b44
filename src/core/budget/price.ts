import { multiplyDivide, parseDollars } from "./money";
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
  const digits = price.toString().padStart(13, "0");
  const fraction = digits.slice(-12).replace(/0{1,10}$/, "");
  return `$${digits.slice(0, -12)}.${fraction}`;
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
