import type { Switches } from "../switches";
import type { Clock } from "../time/clock";

/**
 * Groq's prompt cache: exact prefixes of earlier prompts, per organisation and model, forgotten
 * after about two idle hours (prompt-caching page, read 2026-10). Prefixes count in whole blocks of
 * 128 tokens, an assumption that fits the published examples.
 */
export interface PromptCache {
  /** How many leading tokens of the prompt are cached; keeps what it finds alive. */
  cachedPrefix(owner: string, prompt: readonly number[]): number;
  /** Keeps a prompt that is being processed. */
  remember(owner: string, prompt: readonly number[]): void;
}

const blockTokens = 128;
const idleMs = 2 * 60 * 60 * 1_000;
const promptsPerOwner = 64;

interface CachedPrompt {
  readonly tokens: Int32Array;
  usedAt: number;
}

export function createPromptCache(clock: Clock, switches: Switches): PromptCache {
  const owners = new Map<string, CachedPrompt[]>();

  const alive = (owner: string): CachedPrompt[] =>
    (owners.get(owner) ?? []).filter(({ usedAt }) => clock.now() - usedAt < idleMs);

  return {
    cachedPrefix: (owner, prompt) => {
      if (switches.promptCache === "off") return 0;
      let longest = 0;
      for (const cached of alive(owner)) {
        const shared = wholeBlocks(sharedPrefix(cached.tokens, prompt));
        if (shared > 0) cached.usedAt = clock.now();
        longest = Math.max(longest, shared);
      }
      return longest >= Number(switches.shortestCachedPrefix) ? longest : 0;
    },
    remember: (owner, prompt) => {
      const latest = { tokens: Int32Array.from(prompt), usedAt: clock.now() };
      owners.set(owner, [...alive(owner), latest].slice(-promptsPerOwner));
    },
  };
}

function sharedPrefix(cached: Int32Array, prompt: readonly number[]): number {
  const end = Math.min(cached.length, prompt.length);
  let shared = 0;
  while (shared < end && cached[shared] === prompt[shared]) shared += 1;
  return shared;
}

function wholeBlocks(tokens: number): number {
  return Math.floor(tokens / blockTokens) * blockTokens;
}
