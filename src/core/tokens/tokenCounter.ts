/**
 * Port: counts the tokens of texts under o200k, the vocabulary of gpt-oss. Undefined when it cannot be told in
 * good time: the tokenizer did not load, or a text is of a kind that it takes minutes for. Never throws.
 */
export interface TokenCounter {
  count(texts: readonly string[]): Promise<readonly number[] | undefined>;
}
