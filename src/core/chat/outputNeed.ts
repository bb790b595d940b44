import type { TaskKind } from "../dispatch/ledger";
import type { Model } from "../models/model";

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

/** Of the minute, or of the context where no minute is known, a quarter may be earlier turns. */
export function historyTokens(model: Model): number {
  return Math.floor((model.free?.tpm ?? model.contextTokens ?? 8000) / 4);
}
