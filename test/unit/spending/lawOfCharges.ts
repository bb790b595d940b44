import { expect } from "vitest";
import type { BilledCall } from "./bookings";

/**
 * What is charged for each call: exactly what the service bills where it reported the usage; else, and marked,
 * no less than that and no more than was reserved; nothing where nothing was billed and nothing could be.
 */
export function expectLawful(calls: readonly BilledCall[]): void {
  for (const { reserved, charged, billed, settled, estimated } of calls) {
    expect(charged).toBeGreaterThanOrEqual(billed);
    expect(charged).toBeLessThanOrEqual(reserved);
    if (settled && !estimated) expect(charged).toBe(billed);
    if (!settled) expect(billed).toBe(0n);
  }
}

export function sumOf(calls: readonly BilledCall[], amount: "charged" | "billed"): bigint {
  return calls.reduce((sum, call) => sum + call[amount], 0n);
}
