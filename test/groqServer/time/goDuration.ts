const nanosecondsPerSecond = 1_000_000_000n;

/**
 * Writes a duration the way Go's `time.Duration` prints itself, which is what Groq's headers and
 * messages show: `120ms`, `7.66s`, `2m59.56s`, `1h0m0s` (Groq's rate-limit page, read 2026-10).
 * Resolution: one nanosecond.
 */
export function formatGoDuration(milliseconds: number): string {
  const nanoseconds = BigInt(Math.max(0, Math.round(milliseconds * 1_000_000)));
  if (nanoseconds === 0n) return "0s";
  if (nanoseconds < 1_000n) return `${nanoseconds}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 1_000n)}µs`;
  if (nanoseconds < nanosecondsPerSecond) return `${decimal(nanoseconds, 1_000_000n)}ms`;
  const totalMinutes = nanoseconds / (60n * nanosecondsPerSecond);
  const seconds = `${decimal(nanoseconds % (60n * nanosecondsPerSecond), nanosecondsPerSecond)}s`;
  if (totalMinutes === 0n) return seconds;
  const hours = totalMinutes / 60n;
  return hours === 0n ? `${totalMinutes}m${seconds}` : `${hours}h${totalMinutes % 60n}m${seconds}`;
}

function decimal(amount: bigint, unit: bigint): string {
  const fraction = (amount % unit).toString().padStart(unit.toString().length - 1, "0");
  const trimmed = fraction.replace(/0+$/, "");
  return trimmed === "" ? `${amount / unit}` : `${amount / unit}.${trimmed}`;
}
