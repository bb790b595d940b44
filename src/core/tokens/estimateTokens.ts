import { likelyTokens } from "./likelyTokens";

/** Token counts of a text that has not been counted by a tokenizer. */
export interface TokenEstimate {
  /** Shown to people, marked with `~`. */
  readonly likely: number;
  /** The upper end of the band, which admission goes by. */
  readonly upper: number;
  /** Proven: no byte-level BPE vocabulary makes more tokens than the text has UTF-8 bytes. */
  readonly bound: number;
}

/** How far data, odd names and random letters have been seen to exceed the likely count. */
const bandFactor = 1.35;

/** Estimates one text. */
export function estimateText(text: string): TokenEstimate {
  const bound = utf8LengthBound(text);
  const likely = Math.min(Math.ceil(likelyTokens(text)), bound);
  return { likely, upper: Math.min(Math.ceil(likely * bandFactor), bound), bound };
}

function utf8LengthBound(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A lone surrogate becomes U+FFFD, three bytes; a pair takes four and is counted as six.
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else length += 3;
  }
  return length;
}
