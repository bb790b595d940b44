import { readFileSync } from "node:fs";
import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import { describe, expect, it } from "vitest";
import { findModel } from "../../../src/core/models/catalogue";
import { unknownModel } from "../../../src/core/models/modelRows";
import { estimatePrompt } from "../../../src/core/tokens/promptEstimate";
import type { ChatMessage } from "../../../src/core/dispatch/chatModel";

interface TokenPair {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly promptTokens: number;
  readonly source: string;
}

const { pairs } = JSON.parse(
  readFileSync(new URL("../../fixtures/tokenPairs.json", import.meta.url), "utf8"),
) as { readonly pairs: readonly TokenPair[] };

/** Groq's count less ours: how far the likely estimate is from what was recorded. */
const expectedMiss: Readonly<Record<string, number>> = {
  // Groq's system block has four tokens more than the published one.
  "openai/gpt-oss-20b": 4,
  "qwen/qwen3-32b": 0,
  // Its template tells a date even where none is asked for.
  "llama-3.3-70b-versatile": 23,
  "moonshotai/kimi-k2-instruct-0905": -1,
  "deepseek-r1-distill-llama-70b": -5,
};

describe("what Groq is recorded to have counted", () => {
  it.each(pairs)("$model: $promptTokens", ({ model: id, messages: parts, promptTokens }) => {
    const model = findModel(id) ?? unknownModel(id, "a recording");
    const counts = parts.map(({ content }) => countTokens(content));
    const { likely, upper, bound } = estimatePrompt(model, parts, counts);
    expect(promptTokens - likely).toBe(expectedMiss[id]);
    expect(upper).toBeGreaterThanOrEqual(promptTokens);
    expect(bound).toBeGreaterThanOrEqual(upper);
    expect(estimatePrompt(model, parts, undefined).upper).toBeGreaterThanOrEqual(promptTokens);
  });
});
