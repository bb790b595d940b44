/** The middle of the numbers, the mean of the two middle ones for an even count; NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Such as "12.3 (11.0 to 15.2)": median and spread. */
export function describe(numbers: readonly number[]): string {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  return `${median(numbers).toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}
