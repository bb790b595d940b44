import { picodollars } from "../billing/picodollars";
import type { ModelLimits, ModelPrice, ModelRow } from "./modelRow";

const textModel = {
  kind: "chat",
  ownedBy: "Groq",
  contextWindow: 131_072,
  maxCompletionTokens: 65_536,
  price: { per: "unknown" },
  free: { rpm: 30, rpd: 1_000, tpm: 8_000, tpd: 200_000 },
  developer: { rpm: 1_000, tpm: 250_000 },
  tokensPerSecond: 500,
  promptCaching: false,
  reasoning: "none",
  parallelToolCalls: true,
  builtInTools: [],
  jsonSchema: false,
  translates: false,
} as const satisfies Partial<ModelRow>;

const gptOss = {
  ...textModel,
  status: "production",
  ownedBy: "OpenAI",
  promptCaching: true,
  reasoning: "effort",
  parallelToolCalls: false,
  builtInTools: ["browser_search", "code_interpreter"],
  jsonSchema: true,
} as const satisfies Partial<ModelRow>;

const guard = {
  ...textModel,
  kind: "moderation",
  status: "preview",
  ownedBy: "Meta",
  contextWindow: 512,
  maxCompletionTokens: 512,
  free: { rpm: 30, rpd: 14_400, tpm: 15_000, tpd: 500_000 },
} as const satisfies Partial<ModelRow>;

const whisper = {
  ...textModel,
  kind: "transcription",
  status: "production",
  ownedBy: "OpenAI",
  contextWindow: 448,
  maxCompletionTokens: 448,
  free: { rpm: 20, rpd: 2_000, ash: 7_200, asd: 28_800 },
  developer: { rpm: 20, rpd: 2_000, ash: 7_200, asd: 28_800 },
} as const satisfies Partial<ModelRow>;

const retired = { ...textModel, status: "retired" } as const satisfies Partial<ModelRow>;

/**
 * The models of Groq's models, limits, pricing and deprecations pages, read 2026-06 to 2026-10.
 * Retired rows stay, because asking for them has its own answer and contracts may keep them.
 * Assumed, because no page tells: window, cap and speed of `qwen/qwen3.8-27b` (its predecessor's),
 * developer limits of other models than gpt-oss, and limits and prices of long retired ones.
 */
export const modelTable: readonly ModelRow[] = [
  {
    ...gptOss,
    id: "openai/gpt-oss-120b",
    price: tokenPrice({ input: "0.15", cachedInput: "0.075", output: "0.60" }),
  },
  {
    ...gptOss,
    id: "openai/gpt-oss-20b",
    tokensPerSecond: 1_000,
    price: tokenPrice({ input: "0.075", cachedInput: "0.0375", output: "0.30" }),
  },
  {
    ...gptOss,
    id: "openai/gpt-oss-safeguard-20b",
    kind: "moderation",
    status: "preview",
    promptCaching: false,
    builtInTools: [],
    price: tokenPrice({ input: "0.075", output: "0.30" }),
  },
  {
    ...textModel,
    id: "qwen/qwen3.8-27b",
    status: "preview",
    ownedBy: "Alibaba Cloud",
    maxCompletionTokens: 16_384,
    reasoning: "toggle",
    jsonSchema: true,
    price: tokenPrice({ input: "0.80", output: "4.00" }),
  },
  {
    ...guard,
    id: "meta-llama/llama-prompt-guard-2-22m",
    price: tokenPrice({ input: "0.03", output: "0.03" }),
  },
  {
    ...guard,
    id: "meta-llama/llama-prompt-guard-2-86m",
    price: tokenPrice({ input: "0.04", output: "0.04" }),
  },
  {
    ...whisper,
    id: "whisper-large-v3",
    translates: true,
    price: audioPrice("0.111"),
  },
  {
    ...whisper,
    id: "whisper-large-v3-turbo",
    price: audioPrice("0.04"),
  },
  {
    ...textModel,
    id: "canopylabs/orpheus-v1-english",
    kind: "speech",
    status: "preview",
    ownedBy: "Canopy Labs",
    free: { rpm: 10, rpd: 100, tpm: 1_200, tpd: 3_600 },
  },
  {
    ...retired,
    id: "llama-3.1-8b-instant",
    ownedBy: "Meta",
    maxCompletionTokens: 131_072,
    tokensPerSecond: 840,
    price: tokenPrice({ input: "0.05", output: "0.08" }),
    free: freeLimits(30, 14_400, 6_000, 500_000),
  },
  {
    ...retired,
    id: "llama-3.3-70b-versatile",
    ownedBy: "Meta",
    maxCompletionTokens: 32_768,
    tokensPerSecond: 394,
    price: tokenPrice({ input: "0.59", output: "0.79" }),
    free: freeLimits(30, 1_000, 12_000, 100_000),
  },
  {
    ...retired,
    id: "meta-llama/llama-4-scout-17b-16e-instruct",
    ownedBy: "Meta",
    maxCompletionTokens: 8_192,
    tokensPerSecond: 594,
    price: tokenPrice({ input: "0.11", output: "0.34" }),
    free: freeLimits(30, 1_000, 30_000, 500_000),
  },
  { ...retired, id: "meta-llama/llama-4-maverick-17b-128e-instruct", ownedBy: "Meta" },
  {
    ...retired,
    id: "meta-llama/llama-guard-4-12b",
    kind: "moderation",
    ownedBy: "Meta",
    maxCompletionTokens: 1_024,
  },
  {
    ...retired,
    id: "qwen/qwen3-32b",
    ownedBy: "Alibaba Cloud",
    maxCompletionTokens: 40_960,
    tokensPerSecond: 662,
    reasoning: "toggle",
    price: tokenPrice({ input: "0.29", output: "0.59" }),
    free: freeLimits(60, 1_000, 6_000, 500_000),
  },
  {
    ...retired,
    id: "qwen/qwen3.6-27b",
    ownedBy: "Alibaba Cloud",
    maxCompletionTokens: 16_384,
    reasoning: "toggle",
    price: tokenPrice({ input: "0.60", cachedInput: "0.30", output: "3.00" }),
  },
  {
    ...retired,
    id: "moonshotai/kimi-k2-instruct-0905",
    ownedBy: "Moonshot AI",
    maxCompletionTokens: 16_384,
    price: tokenPrice({ input: "1.00", cachedInput: "0.50", output: "3.00" }),
  },
  { ...retired, id: "groq/compound", kind: "system", free: { rpm: 30, rpd: 250, tpm: 70_000 } },
  {
    ...retired,
    id: "groq/compound-mini",
    kind: "system",
    free: { rpm: 30, rpd: 250, tpm: 70_000 },
  },
  { ...retired, id: "playai-tts", kind: "speech", ownedBy: "PlayAI" },
];

/** Prices in USD per million tokens. */
function tokenPrice(usd: { input: string; cachedInput?: string; output: string }): ModelPrice {
  return {
    per: "token",
    input: perToken(usd.input),
    ...(usd.cachedInput === undefined ? {} : { cachedInput: perToken(usd.cachedInput) }),
    output: perToken(usd.output),
  };
}

function perToken(usdPerMillion: string): bigint {
  return picodollars(usdPerMillion) / 1_000_000n;
}

/** A price in USD per hour of audio, of which at least ten seconds are billed. */
function audioPrice(usdPerHour: string): ModelPrice {
  return { per: "audioHour", hour: picodollars(usdPerHour), minimumSeconds: 10 };
}

function freeLimits(rpm: number, rpd: number, tpm: number, tpd: number): ModelLimits {
  return { rpm, rpd, tpm, tpd };
}
