const unitMs: ReadonlyMap<string, number> = new Map([
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["us", 0.001],
  ["µs", 0.001],
  ["ns", 0.000_001],
]);

/** Reads Groq's durations, Go's form: `2m59.56s`, `7.66s`, `120ms`; milliseconds, undefined if malformed. */
export function readDurationMs(text: string): number | undefined {
  const trimmed = text.replace(/\.$/, "");
  if (!/^(?:\d+(?:\.\d+)?(?:d|h|ms|m|us|µs|ns|s))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, amount = "", unit = ""] of trimmed.matchAll(/(\d+(?:\.\d+)?)([a-zµ]+)/g))
    total += Number(amount) * (unitMs.get(unit) ?? 0);
  return Number.isFinite(total) ? total : undefined;
}
