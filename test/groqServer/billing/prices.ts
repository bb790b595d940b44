import type { ExecutedTool } from "../chat/answer";
import type { ModelPrice, ModelRow } from "../models/modelRow";
import { divideRoundingHalfUp, picodollars } from "./picodollars";

/** Token counts of one request as they are billed. */
export interface BilledTokens {
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
}

/**
 * Price of a completion in picodollars: fresh and cached input and output, each at its own price
 * (Groq's pricing page, read 2026-10). A model without a known price costs nothing here.
 */
export function completionPrice(price: ModelPrice, tokens: BilledTokens): bigint {
  if (price.per !== "token") return 0n;
  const cachedInput = price.cachedInput ?? price.input;
  return (
    BigInt(tokens.prompt - tokens.cached) * price.input +
    BigInt(tokens.cached) * cachedInput +
    BigInt(tokens.completion) * price.output
  );
}

/** Half of everything; the discount on cached input does not come on top (batch page, 2026-10). */
export function batchPrice(price: ModelPrice, tokens: BilledTokens): bigint {
  return divideRoundingHalfUp(completionPrice(price, { ...tokens, cached: 0 }), 2n);
}

/** Seconds of audio that are billed: at least ten (speech-to-text page, read 2026-10). */
export function billedAudioSeconds(model: ModelRow, seconds: number): number {
  return model.price.per === "audioHour" ? Math.max(seconds, model.price.minimumSeconds) : seconds;
}

/** Price of this many billed seconds, to the millisecond of audio. */
export function audioPrice(price: ModelPrice, billedSeconds: number): bigint {
  if (price.per !== "audioHour") return 0n;
  return divideRoundingHalfUp(price.hour * BigInt(Math.round(billedSeconds * 1_000)), 3_600_000n);
}

/** A search costs $5 per 1,000 requests, code $0.18 per hour (pricing page, read 2026-06). */
export function toolPrice(tool: ExecutedTool): bigint {
  switch (tool.type) {
    case "browser_search":
      return picodollars("5") / 1_000n;
    case "code_interpreter":
      return divideRoundingHalfUp(
        picodollars("0.18") * BigInt(Math.round(tool.durationMs ?? 1_000)),
        3_600_000n,
      );
  }
}
