import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import type { TokenCounter } from "../../src/core/tokens/tokenCounter";

/** Counts in place, without a thread; or, like one that could not be loaded, not at all. */
export class CountingTokens implements TokenCounter {
  readonly #loaded: boolean;

  constructor(loaded = true) {
    this.#loaded = loaded;
  }

  count(texts: readonly string[]): Promise<readonly number[] | undefined> {
    if (!this.#loaded) return Promise.resolve(undefined);
    const asText = { disallowedSpecial: new Set<string>() };
    return Promise.resolve(texts.map((text) => countTokens(text, asText)));
  }
}
