import type { TaskKind } from "../dispatch/ledger";
import type { Model, RateLimits } from "../models/model";

/** Output tokens that a task can use, reasoning included. Groq admits on them up front, so they are frugal. */
export const outputNeed: Readonly<Record<TaskKind, number>> = {
  chat: 2048,
  explain: 1024,
  edit: 2048,
};

/** Under these a gpt-oss answer may be all reasoning, billed and empty. */
export const outputFloor: Readonly<Record<TaskKind, number>> = {
  chat: 512,
  explain: 384,
  edit: 768,
};

/** Of the minute, or of the context where that is less, a quarter may be earlier turns. */
export function historyTokens({ contextTokens }: Model, { tpm }: RateLimits): number {
  const most = Math.min(tpm ?? Number.POSITIVE_INFINITY, contextTokens ?? Number.POSITIVE_INFINITY);
  return Math.floor((Number.isFinite(most) ? most : defaultRoom) / 4);
}

/** Where nothing is known of a model: what the smallest limit of Groq's chat models admits. */
const defaultRoom = 8000;
