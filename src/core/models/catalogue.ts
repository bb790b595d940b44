import { tokenPrice } from "../budget/price";
import type { TokenPrice } from "../budget/price";
import type { Model } from "./model";

/** The day on which the rows were last read; each names its source and that page's date. */
export const catalogueReadOn = "2026-11-20";

/** What holds for both gpt-oss models. */
const gptOss = {
  provider: "groq",
  kind: "chat",
  status: "production",
  contextTokens: 131_072,
  maxOutputTokens: 65_536,
  free: { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 },
  developer: { rpm: 1000, tpm: 250_000 },
  vocabulary: "o200k",
  reasoningEffort: true,
  abilities: {
    tools: true,
    parallelTools: false,
    images: false,
    strictJson: true,
    promptCaching: true,
    builtInTools: ["browser_search", "code_interpreter"],
  },
  source: "Groq models, pricing and limits pages, 2026-06, read again 2026-10",
} as const satisfies Partial<Model>;

/** Classifiers of texts, with a context of a few lines. */
const promptGuard = {
  provider: "groq",
  kind: "moderation",
  status: "preview",
  contextTokens: 512,
  maxOutputTokens: 512,
  free: { rpm: 30, rpd: 14_400, tpm: 15_000, tpd: 500_000 },
  vocabulary: "unknown",
  reasoningEffort: false,
  source: "Groq models, pricing and limits pages, 2026-10",
} as const satisfies Partial<Model>;

/** Groq's own agents over other models. */
const compound = {
  provider: "groq",
  kind: "system",
  status: "retired",
  retiredOn: "2026-09-23",
  successor: "openai/gpt-oss-120b",
  free: { rpm: 30, rpd: 250, tpm: 70_000 },
  vocabulary: "unknown",
  reasoningEffort: false,
  abilities: { builtInTools: ["browser_search", "code_interpreter"] },
  source: "Groq models page, 2026-06; answered 404 on 2026-09-23; the tools are built into gpt-oss",
} as const satisfies Partial<Model>;

/**
 * Groq's models for text as published. Dated data: `GET /models` and response headers win.
 * Retired rows stay, because old conversations and enterprise accounts still use them.
 */
export const catalogue: readonly Model[] = [
  {
    ...gptOss,
    id: "openai/gpt-oss-120b",
    ...priced("0.15", "0.60", "0.075"),
    tokensPerSecond: 500,
  },
  {
    ...gptOss,
    id: "openai/gpt-oss-20b",
    ...priced("0.075", "0.30", "0.0375"),
    tokensPerSecond: 1000,
  },
  {
    id: "qwen/qwen3.8-27b",
    provider: "groq",
    kind: "chat",
    status: "preview",
    ...priced("0.80", "4.00"),
    free: { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 },
    vocabulary: "unknown",
    reasoningEffort: false,
    abilities: { tools: true },
    source: "Groq limits and pricing pages, 2026-10; context and output cap are not on them",
  },
  {
    id: "qwen/qwen3.6-27b",
    provider: "groq",
    kind: "chat",
    status: "replaced",
    contextTokens: 131_072,
    maxOutputTokens: 16_384,
    ...priced("0.60", "3.00", "0.30"),
    vocabulary: "unknown",
    reasoningEffort: false,
    successor: "qwen/qwen3.8-27b",
    source: "Groq pricing page, 2026-08",
  },
  {
    id: "openai/gpt-oss-safeguard-20b",
    provider: "groq",
    kind: "moderation",
    status: "preview",
    contextTokens: 131_072,
    maxOutputTokens: 65_536,
    ...priced("0.075", "0.30"),
    free: { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 },
    vocabulary: "o200k",
    reasoningEffort: false,
    source: "Groq models page, 2026-10",
  },
  {
    ...promptGuard,
    id: "meta-llama/llama-prompt-guard-2-22m",
    ...priced("0.03", "0.03"),
  },
  {
    ...promptGuard,
    id: "meta-llama/llama-prompt-guard-2-86m",
    ...priced("0.04", "0.04"),
  },
  {
    id: "meta-llama/llama-guard-4-12b",
    provider: "groq",
    kind: "moderation",
    status: "retired",
    successor: "openai/gpt-oss-safeguard-20b",
    contextTokens: 131_072,
    maxOutputTokens: 1024,
    vocabulary: "unknown",
    reasoningEffort: false,
    source: "Groq models page before 2026-06",
  },
  {
    id: "llama-3.1-8b-instant",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-08-16",
    successor: "openai/gpt-oss-20b",
    contextTokens: 131_072,
    maxOutputTokens: 131_072,
    ...priced("0.05", "0.08"),
    free: { rpm: 30, rpd: 14_400, tpm: 6000, tpd: 500_000 },
    vocabulary: "unknown",
    reasoningEffort: false,
    tokensPerSecond: 840,
    source: "Groq models page, 2026-06",
  },
  {
    id: "llama-3.3-70b-versatile",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-08-16",
    successor: "openai/gpt-oss-120b",
    contextTokens: 131_072,
    maxOutputTokens: 32_768,
    ...priced("0.59", "0.79"),
    free: { rpm: 30, rpd: 1000, tpm: 12_000, tpd: 100_000 },
    vocabulary: "unknown",
    reasoningEffort: false,
    tokensPerSecond: 394,
    source: "Groq models page, 2026-06",
  },
  {
    id: "meta-llama/llama-4-scout-17b-16e-instruct",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-07-17",
    successor: "openai/gpt-oss-20b",
    contextTokens: 131_072,
    maxOutputTokens: 8192,
    ...priced("0.11", "0.34"),
    free: { rpm: 30, rpd: 1000, tpm: 30_000, tpd: 500_000 },
    vocabulary: "unknown",
    reasoningEffort: false,
    tokensPerSecond: 594,
    source: "Groq models page, 2026-06",
  },
  {
    id: "qwen/qwen3-32b",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-07-17",
    successor: "openai/gpt-oss-120b",
    contextTokens: 131_072,
    maxOutputTokens: 40_960,
    ...priced("0.29", "0.59"),
    free: { rpm: 60, rpd: 1000, tpm: 6000, tpd: 500_000 },
    vocabulary: "unknown",
    reasoningEffort: false,
    tokensPerSecond: 662,
    source: "Groq models page, 2026-06; Groq names the preview model qwen/qwen3.8-27b as successor",
  },
  {
    id: "meta-llama/llama-4-maverick-17b-128e-instruct",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-03-09",
    successor: "openai/gpt-oss-120b",
    vocabulary: "unknown",
    reasoningEffort: false,
    source: "Groq deprecations page, 2026-03",
  },
  {
    ...compound,
    id: "groq/compound",
  },
  {
    ...compound,
    id: "groq/compound-mini",
  },
  {
    id: "moonshotai/kimi-k2-instruct-0905",
    provider: "groq",
    kind: "chat",
    status: "retired",
    retiredOn: "2026-04-15",
    successor: "openai/gpt-oss-120b",
    ...priced("1.00", "3.00", "0.50"),
    vocabulary: "unknown",
    reasoningEffort: false,
    source: "Groq pricing page before 2026-04",
  },
];

/** The model that a fresh installation uses: production, and the strongest of them. */
export const defaultModelId = "openai/gpt-oss-120b";

/** The one for explanations, repairs and commit messages: production, half the price, twice as fast. */
export const defaultFastModelId = "openai/gpt-oss-20b";

/** The catalogue's row, or undefined for a model that it does not know. */
export function findModel(id: string): Model | undefined {
  return catalogue.find((model) => model.id === id);
}

function priced(input: string, output: string, cached?: string): { price?: TokenPrice } {
  const price = tokenPrice({ input, output, ...(cached !== undefined && { cached }) });
  return price === undefined ? {} : { price };
}
