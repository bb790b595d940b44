import type { TaskKind } from "../dispatch/ledger";
import type { Model, RateLimits } from "../models/model";

/** Output tokens that a task can use, reasoning included. Groq admits on them up front, so they are frugal. */
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
 * Tokens of a prompt: for all of it beside an answer of `floor` tokens, and for earlier turns a quarter of `most`, which
 * the limits admit at once.
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

/** Where nothing is known of a model: what the smallest limit of Groq's chat models admits. */
const defaultRoom = 8000;

/** What the service puts around the messages, with a margin. */
const templateTokens = 160;
