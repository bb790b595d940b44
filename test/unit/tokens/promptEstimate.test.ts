import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import { describe, expect, it } from "vitest";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import { uncalibrated } from "../../../src/core/tokens/calibration";
import type { Calibration } from "../../../src/core/tokens/calibration";
import { estimatePrompt, learnFromPrompt } from "../../../src/core/tokens/promptEstimate";
import type { ChatMessage } from "../../../src/core/dispatch/chatModel";
import { samples } from "./samples";

const tokensOf = (text: string) => countTokens(text, { disallowedSpecial: new Set<string>() });

function model(id: string): Model {
  const found = findModel(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

const gptOss = model("openai/gpt-oss-120b");
const qwen = model("qwen/qwen3.8-27b");

/** What Groq has been measured to count: system block 61, generation prefix 2, and each message's own. */
function harmonyTokens(parts: readonly ChatMessage[]): number {
  const around = { system: 7, user: 4, assistant: 6 };
  return parts.reduce((sum, { role, content }) => sum + around[role] + tokensOf(content), 63);
}

const talk = (content: string): readonly ChatMessage[] => [
  { role: "system", content: "You are helpful." },
  { role: "user", content: "hello" },
  { role: "assistant", content: "Hello! How can I help?" },
  { role: "user", content },
];

describe("a prompt for gpt-oss", () => {
  it.each(Object.entries(samples))("about %s is held by its upper estimate", (_name, content) => {
    const parts = talk(content);
    const real = harmonyTokens(parts);
    const counts = parts.map((part) => tokensOf(part.content));
    const counted = estimatePrompt(gptOss, parts, counts);
    expect(counted.likely).toBe(real);
    expect(counted.upper).toBeGreaterThanOrEqual(real);
    expect(counted.bound).toBeGreaterThanOrEqual(counted.upper);
    const estimated = estimatePrompt(gptOss, parts, undefined);
    expect(estimated.upper).toBeGreaterThanOrEqual(real);
    expect(estimated.bound).toBeGreaterThanOrEqual(estimated.upper);
  });

  it("costs 67 tokens around one message, as counted", () => {
    const parts = [{ role: "user", content: "" }] as const;
    expect(estimatePrompt(gptOss, parts, [0]).likely).toBe(67);
  });
});

describe("what was learnt of gpt-oss's template", () => {
  const parts = talk("const a = 1;");
  const counts = parts.map(({ content }) => tokensOf(content));
  const real = harmonyTokens(parts) + 4;
  const learnt = (answers: number, offset = 4) => {
    let calibration: Calibration | undefined;
    for (let answer = 0; answer < answers; answer++)
      calibration = learnFromPrompt(gptOss, parts, counts, real - 4 + offset, calibration);
    return calibration;
  };

  it("makes the count exact, with less on top", () => {
    const { likely, upper } = estimatePrompt(gptOss, parts, counts, learnt(20));
    expect(likely).toBe(real);
    expect(upper).toBeGreaterThanOrEqual(real);
    expect(upper).toBeLessThan(real + 20);
  });

  it("raises the bound where it must, and never lowers it", () => {
    const unlearnt = estimatePrompt(gptOss, parts, counts).bound;
    for (const offset of [-60, -4, 0, 4]) {
      const { bound } = estimatePrompt(gptOss, parts, counts, learnt(40, offset));
      expect(bound).toBeGreaterThanOrEqual(unlearnt);
    }
    const { upper, bound } = estimatePrompt(gptOss, parts, counts, learnt(40, 100));
    expect(bound).toBeGreaterThanOrEqual(upper);
    expect(bound).toBeGreaterThan(unlearnt);
  });

  it("teaches nothing where the text was not counted", () => {
    expect(learnFromPrompt(gptOss, parts, undefined, 5000)).toEqual(uncalibrated("offset"));
  });
});

describe("a prompt for a model whose tokenizer is not known", () => {
  const parts = talk("const a = 1;\n".repeat(100));
  const counts = parts.map(({ content }) => tokensOf(content));
  const bytes = parts.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  const text = counts.reduce((sum, count) => sum + count, 0);
  const taught = (ratio: number) => {
    let calibration: Calibration | undefined;
    for (let answer = 0; answer < 30; answer++)
      calibration = learnFromPrompt(qwen, parts, counts, text * ratio + 20, calibration);
    return calibration;
  };

  it("is never bounded by less than its bytes, whatever was counted or learnt", () => {
    for (const ratio of [0.1, 1, 5])
      for (const given of [undefined, counts])
        expect(estimatePrompt(qwen, parts, given, taught(ratio)).bound).toBeGreaterThanOrEqual(
          bytes,
        );
  });

  it("keeps its estimates in order", () => {
    for (const ratio of [0.1, 0.5, 1, 2, 5])
      for (const given of [undefined, counts]) {
        const { likely, upper, bound } = estimatePrompt(qwen, parts, given, taught(ratio));
        expect(upper).toBeGreaterThanOrEqual(likely);
        expect(bound).toBeGreaterThanOrEqual(upper);
      }
  });

  it("learns from what the service counted", () => {
    const { likely, upper } = estimatePrompt(qwen, parts, counts, taught(1.5));
    expect(likely / (text * 1.5)).toBeGreaterThan(0.95);
    expect(likely / (text * 1.5)).toBeLessThan(1.06);
    expect(upper).toBeGreaterThanOrEqual(text * 1.5 + 20);
  });

  it("leaves what was learnt when its vocabulary was taken for gpt-oss's", () => {
    expect(estimatePrompt(qwen, parts, counts, uncalibrated("offset"))).toEqual(
      estimatePrompt(qwen, parts, counts),
    );
  });
});
