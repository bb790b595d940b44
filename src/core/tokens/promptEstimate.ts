import type { Model } from "../models/model";
import { estimateText } from "./estimateTokens";
import type { TokenEstimate } from "./estimateTokens";

/** One message of a prompt as far as counting goes. */
export interface PromptPart {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * Tokens that the Harmony template puts around messages of gpt-oss: measured against the published format
 * (2026-10). All system messages become one developer block; the service adds a system block of its own.
 */
const harmony = {
  systemBlock: 61,
  generationPrefix: 2,
  message: { system: 7, user: 4, assistant: 6 },
} as const;

/** For what a template may say otherwise than published, a long date or another greeting. */
const templateMargin = 32;

/** Other templates are not published for all models; none seen adds more than this to a message. */
const unknownTemplate = { request: 64, message: 12 };

/**
 * Estimates a whole prompt. With `counts`, the tokens of each part's content, gpt-oss is exact but for the
 * template; other vocabularies are scaled by `ratio`, what their reported counts were to ours so far.
 */
export function estimatePrompt(
  model: Model,
  parts: readonly PromptPart[],
  counts: readonly number[] | undefined,
  ratio = 1,
): TokenEstimate {
  return model.vocabulary === "o200k"
    ? estimateHarmony(parts, counts)
    : estimateUnknown(parts, counts, ratio);
}

function estimateHarmony(
  parts: readonly PromptPart[],
  counts: readonly number[] | undefined,
): TokenEstimate {
  let template = harmony.systemBlock + harmony.generationPrefix;
  for (const { role } of parts) template += harmony.message[role];
  if (counts !== undefined) {
    const exact = template + sum(counts);
    return { likely: exact, upper: exact + templateMargin, bound: exact + templateMargin };
  }
  const { likely, upper, bound } = estimateContents(parts);
  return {
    likely: likely + template,
    upper: upper + template + templateMargin,
    bound: bound + template + templateMargin,
  };
}

/** The bound stays at UTF-8 bytes: nothing else is proven of a vocabulary that is not known. */
function estimateUnknown(
  parts: readonly PromptPart[],
  counts: readonly number[] | undefined,
  ratio: number,
): TokenEstimate {
  const template = unknownTemplate.request + unknownTemplate.message * parts.length;
  const contents = estimateContents(parts);
  const likely = counts === undefined ? contents.likely : Math.ceil(sum(counts) * ratio);
  const upper = Math.min(contents.bound, Math.ceil(likely * upperFactor));
  return { likely: likely + template, upper: upper + template, bound: contents.bound + template };
}

/** How far a vocabulary of another family has been seen to exceed o200k on code. */
const upperFactor = 1.3;

function estimateContents(parts: readonly PromptPart[]): TokenEstimate {
  let likely = 0;
  let upper = 0;
  let bound = 0;
  for (const { content } of parts) {
    const estimate = estimateText(content);
    likely += estimate.likely;
    upper += estimate.upper;
    bound += estimate.bound;
  }
  return { likely, upper, bound };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
