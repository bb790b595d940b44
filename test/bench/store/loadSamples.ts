import type { Reservation, Settlement } from "../../../src/core/dispatch/ledger";

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const loadDay = "2026-11-20";

export function reservation(id: string, cost: bigint): Reservation {
  return {
    id,
    conversationId: "c1",
    task: "chat",
    model: "openai/gpt-oss-120b",
    provider: "groq",
    account: "a1",
    workspace: "project",
    reservedAt: 1_795_176_000_000,
    day: loadDay,
    hour: 12,
    waitedMs: 0,
    cost,
  };
}

export function settlement(cost: bigint): Settlement {
  return {
    usage: { promptTokens: 1000, cachedTokens: 200, completionTokens: 300, reasoningTokens: 100 },
    cost,
    estimated: false,
    timeToFirstTokenMs: 40,
    durationMs: 900,
  };
}
