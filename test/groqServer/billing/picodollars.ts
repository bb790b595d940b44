/** Picodollars of one US dollar: money is a whole number of 10^-12 USD. */
const picodollarsPerUsd = 1_000_000_000_000n;

/** Reads a decimal amount of USD, such as "0.0375". Throws on anything else or on finer amounts. */
export function picodollars(usd: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,12}))?$/.exec(usd);
  if (match === null) throw new RangeError(`not a decimal amount of USD: ${usd}`);
  const fraction = (match[2] ?? "").padEnd(12, "0");
  return BigInt(match[1] ?? "0") * picodollarsPerUsd + BigInt(fraction);
}

/** Divides two non-negative integers, rounding half up. */
export function divideRoundingHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}
