import type { TaskKind } from "../dispatch/ledger";
import type { Model, RateLimits } from "../models/model";

/** Output tokens that a task can use, reasoning included. Frugal, because Groq counts them at admission. */
export const outputNeed: Readonly<Record<TaskKind, number>> = {
  chat: 2048,
  explain: 1024,
  edit: 2048,
  fix: 2048,
  document: 2048,
  // A new file, whole.
  tests: 3072,
};

/** Under these a gpt-oss answer may be all reasoning, billed and empty. */
export const outputFloor: Readonly<Record<TaskKind, number>> = {
  chat: 512,
  explain: 384,
  edit: 768,
  fix: 768,
  document: 768,
  tests: 1024,
};

/**
 * Tokens that a prompt may have: `whole` leaves room for an answer of `floor` tokens; `history`, for earlier turns, is a
 * quarter of `most`, which is what the limits admit at once.
 */
export function promptRoom(
  { contextTokens = Number.POSITIVE_INFINITY }: Model,
  { tpm = Number.POSITIVE_INFINITY, tpd = Number.POSITIVE_INFINITY }: RateLimits,
  floor: number,
): { readonly history: number; readonly whole: number; readonly most: number } {
  const most = Math.min(tpm, tpd, contextTokens);
  const known = Number.isFinite(most) ? most : defaultRoom;
  const whole = most - floor - templateTokens;
  return { history: Math.floor(known / 4), whole, most: known };
}

/** For an unknown model: what the smallest limit of Groq's chat models admits. */
const defaultRoom = 8000;

/** What the service puts around the messages, with a margin. */
const templateTokens = 160;
