/**
 * Port: counts the tokens of texts under o200k, the vocabulary of gpt-oss. Undefined when they cannot be counted in
 * time: the tokenizer did not load, or a text is of a kind that takes it minutes. Never throws.
 */
export interface TokenCounter {
  count(texts: readonly string[]): Promise<readonly number[] | undefined>;
}
