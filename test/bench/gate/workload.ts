import type { RequestClass } from "../../../src/core/limits/requestClass";
import type { ModelLimits } from "../../groqServer/models/modelRow";

/** A request as nobody knows it before its answer: what it will really take, and for how long. */
export interface Job {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** The upper end of the estimate of its prompt. */
  readonly promptUpper: number;
  readonly outputCap: number;
  readonly completionTokens: number;
  readonly firstTokenMs: number;
  readonly answerMs: number;
  readonly requestClass: RequestClass;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws jobs whose lengths spread as those of an assistant do: many short, few long. */
export function drawJob(chance: () => number, scale: number): Job {
  const promptTokens = Math.round(Math.min(4000, lognormal(chance, 600, 0.8)) * scale) + 80;
  const outputCap = ([512, 1024, 2048][Math.floor(chance() * 3)] ?? 512) * scale;
  const completionTokens = Math.min(outputCap, Math.ceil(lognormal(chance, 250 * scale, 0.9)));
  const cachedTokens = chance() < 0.5 ? Math.floor((chance() * promptTokens) / 128) * 128 : 0;
  return {
    promptTokens,
    cachedTokens,
    // The margin for the template: what gpt-oss counts is known but for it.
    promptUpper: promptTokens + 32,
    outputCap,
    completionTokens,
    firstTokenMs: 200 + 600 * chance(),
    answerMs: completionTokens * 2,
    requestClass: chance() < 0.7 ? "interactive" : "background",
  };
}

/** Milliseconds between two jobs on average, for `load` times what the tightest limit admits. */
export function meanPauseMs(limits: ModelLimits, load: number, scale: number): number {
  const chance = seededChance(1);
  const samples = Array.from({ length: 2000 }, () => drawJob(chance, scale));
  const tokens =
    samples.reduce((sum, job) => sum + job.promptTokens + job.completionTokens, 0) / samples.length;
  const minute = 60_000;
  const day = 1440 * minute;
  const pauses = [
    minute / (limits.rpm ?? Infinity),
    day / (limits.rpd ?? Infinity),
    (minute * tokens) / (limits.tpm ?? Infinity),
    (day * tokens) / (limits.tpd ?? Infinity),
  ];
  return Math.max(...pauses) / load;
}

function lognormal(chance: () => number, median: number, spread: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance()));
  return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * chance()));
}
