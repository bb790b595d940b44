import type { ChatMessage } from "../dispatch/chatModel";
import type { Model } from "../models/model";
import { learnOffset, learnRatio, uncalibrated, upperFactor, upperMargin } from "./calibration";
import type { Calibration } from "./calibration";
import { estimateText } from "./estimateTokens";
import type { TokenEstimate } from "./estimateTokens";

/**
 * Tokens that the Harmony template puts around messages of gpt-oss: measured against the published format
 * (2026-10). All system messages become one developer block; the service adds a system block of its own.
 */
const harmony = {
  systemBlock: 61,
  generationPrefix: 2,
  message: { system: 7, user: 4, assistant: 6 },
} as const;

/** In tokens: how far a template may differ from the published one, by a long date or another greeting. */
const templateMargin = 32;

/** Tokens of a template: per request, and per message. */
interface Template {
  readonly request: number;
  readonly message: number;
}

/** Other models' templates are not all published: what recorded answers show, and more than any of them showed. */
const likelyTemplate: Template = { request: 4, message: 4 };
const longestTemplate: Template = { request: 64, message: 12 };

/**
 * Estimates a whole prompt. With `counts`, the tokens of each message's content, gpt-oss is exact but for the
 * template; other vocabularies are scaled. `calibration` is what this model's reported counts have taught so
 * far; it never lowers the bound, which money is reserved by.
 */
export function estimatePrompt(
  model: Model,
  messages: readonly ChatMessage[],
  counts: readonly number[] | undefined,
  calibration?: Calibration,
): TokenEstimate {
  const learnt = fitting(model, calibration);
  return model.vocabulary === "o200k"
    ? estimateHarmony(messages, counts, learnt)
    : estimateUnknown(messages, counts, learnt);
}

/**
 * Learns from `reported`, the service's own count of a prompt: returns the calibration that replaces the old one.
 * For gpt-oss only a prompt that was counted exactly teaches anything.
 */
export function learnFromPrompt(
  model: Model,
  messages: readonly ChatMessage[],
  counts: readonly number[] | undefined,
  reported: number,
  calibration?: Calibration,
): Calibration {
  const before = fitting(model, calibration);
  if (model.vocabulary === "o200k")
    return counts === undefined
      ? before
      : learnOffset(before, harmonyTemplate(messages) + sum(counts), reported);
  const counted = counts === undefined ? estimateContents(messages).likely : sum(counts);
  const least = templateTokens(likelyTemplate, messages);
  const most = templateTokens(longestTemplate, messages);
  return learnRatio(before, counted, reported - least, most - least);
}

/** A calibration of the other kind dates from a time when the model was taken to have another vocabulary. */
function fitting({ vocabulary }: Model, calibration: Calibration | undefined): Calibration {
  const kind = vocabulary === "o200k" ? "offset" : "ratio";
  return calibration?.kind === kind ? calibration : uncalibrated(kind);
}

function estimateHarmony(
  messages: readonly ChatMessage[],
  counts: readonly number[] | undefined,
  learnt: Calibration,
): TokenEstimate {
  const published = harmonyTemplate(messages);
  const template = Math.max(0, published + Math.round(learnt.mean));
  const margin = upperMargin(learnt);
  const proven = Math.max(published + templateMargin, template + margin);
  if (counts !== undefined) {
    const text = sum(counts);
    return { likely: text + template, upper: text + template + margin, bound: text + proven };
  }
  const { likely, upper, bound } = estimateContents(messages);
  return { likely: likely + template, upper: upper + template + margin, bound: bound + proven };
}

function harmonyTemplate(messages: readonly ChatMessage[]): number {
  return messages.reduce(
    (total, { role }) => total + harmony.message[role],
    harmony.systemBlock + harmony.generationPrefix,
  );
}

/** The bound stays at UTF-8 bytes: nothing else is proven for an unknown vocabulary. */
function estimateUnknown(
  messages: readonly ChatMessage[],
  counts: readonly number[] | undefined,
  learnt: Calibration,
): TokenEstimate {
  const contents = estimateContents(messages);
  const counted = counts === undefined ? contents.likely : sum(counts);
  const likely = Math.min(contents.bound, Math.ceil(counted * learnt.mean));
  const upper = Math.min(contents.bound, Math.ceil(likely * upperFactor(learnt)));
  const most = templateTokens(longestTemplate, messages);
  return {
    likely: likely + templateTokens(likelyTemplate, messages),
    upper: upper + most,
    bound: contents.bound + most,
  };
}

function templateTokens({ request, message }: Template, messages: readonly ChatMessage[]): number {
  return request + message * messages.length;
}

function estimateContents(messages: readonly ChatMessage[]): TokenEstimate {
  let likely = 0;
  let upper = 0;
  let bound = 0;
  for (const { content } of messages) {
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
