/** An integer count of picodollars (10^-12 USD), so that no float ever touches money. */
export type Picodollars = bigint;

const picodollarsPerDollar = 1_000_000_000_000n;
const decimalPlaces = 12;

/**
 * Reads a decimal number of US dollars such as `0.15` or `27`.
 * Returns undefined for anything else, negative amounts and more than 12 decimal places included.
 */
export function parseDollars(text: string): Picodollars | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, whole = "0", fraction = ""] = match;
  return BigInt(whole) * picodollarsPerDollar + BigInt(fraction.padEnd(decimalPlaces, "0"));
}

/** `amount * numerator / denominator`, multiplied first and rounded half up once. All must be >= 0. */
export function multiplyDivide(
  amount: Picodollars,
  numerator: bigint,
  denominator: bigint,
): Picodollars {
  return (2n * amount * numerator + denominator) / (2n * denominator);
}

/** Orders amounts, the least first; one that is not known comes last. */
export function compareAmounts(
  one: Picodollars | undefined,
  other: Picodollars | undefined,
): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  return one < other ? -1 : Number(one > other);
}

/** US dollars as decimal text with all twelve places, e.g. `0.000015000000`. */
export function exactDollars(amount: Picodollars): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimalPlaces + 1, "0");
  const sign = amount < 0n ? "-" : "";
  return `${sign}${digits.slice(0, -decimalPlaces)}.${digits.slice(-decimalPlaces)}`;
}

/** What was spent, for people; `~` marks an estimate: `~$0.012`. */
export function formatSpent(spent: {
  readonly cost: Picodollars;
  readonly estimated: boolean;
}): string {
  return `${spent.estimated ? "~" : ""}${formatDollars(spent.cost)}`;
}

/**
 * US dollars for people: at least two decimal places, tenths of a cent below a dollar where there are any, and two
 * significant digits below a cent, e.g. `$1.35`, `$0.50`, `$0.012`, `$0.0042`, `$0.00`. Rounded half up; an amount
 * above zero never reads as zero.
 */
export function formatDollars(amount: Picodollars): string {
  const negative = amount < 0n;
  const absolute = negative ? -amount : amount;
  const places = placesFor(absolute);
  const unit = 10n ** BigInt(decimalPlaces - places);
  const rounded = (absolute + unit / 2n) / unit;
  const digits = rounded.toString().padStart(places + 1, "0");
  const text = `$${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return negative ? `-${text}` : text;
}

function placesFor(amount: Picodollars): number {
  const cent = picodollarsPerDollar / 100n;
  if (amount === 0n || amount >= picodollarsPerDollar) return 2;
  if (amount >= cent) return tenthsOfCents(amount) % 10n === 0n ? 2 : 3;
  const leadingPlace = decimalPlaces - amount.toString().length + 1;
  return Math.min(decimalPlaces, leadingPlace + 1);
}

/** Rounded half up. */
function tenthsOfCents(amount: Picodollars): bigint {
  const tenth = picodollarsPerDollar / 1000n;
  return (amount + tenth / 2n) / tenth;
}
