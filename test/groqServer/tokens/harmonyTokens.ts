import { decodeGenerator, encode } from "gpt-tokenizer/encoding/o200k_harmony";

/** Ids of the special tokens of OpenAI's Harmony format (o200k_harmony). */
export const harmony = {
  return: 200_002,
  constrain: 200_003,
  channel: 200_005,
  start: 200_006,
  end: 200_007,
  message: 200_008,
  call: 200_012,
} as const;

const asText = { disallowedSpecial: new Set<string>() };

/** Token ids of a text. What looks like a special token is text, as it is for every model API. */
export function encodeText(text: string): number[] {
  return encode(text, asText);
}

/**
 * Splits a text into the pieces that arrive one after the other in a stream: a token each, or
 * several where a character spans them. Joined they are the text; `tokens` is how many a piece has.
 */
export function splitIntoPieces(text: string): { text: string; tokens: number }[] {
  const pieces: { text: string; tokens: number }[] = [];
  const ids = encodeText(text);
  let taken = 0;
  const counting = function* (): Generator<number> {
    for (const id of ids) {
      taken += 1;
      yield id;
    }
  };
  let before = 0;
  for (const piece of decodeGenerator(counting())) {
    pieces.push({ text: piece, tokens: taken - before });
    before = taken;
  }
  return pieces;
}
