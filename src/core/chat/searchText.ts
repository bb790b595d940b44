import { attachmentLabels } from "./title";
import type { Turn } from "./conversation";

/** The words of a query in the form of `indexedText`; empty without letters or digits. */
export function searchWords(query: string): readonly string[] {
  return query
    .slice(0, longestQuery)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
    .map((word) => indexedText(word).trim());
}

const longestQuery = 500;
const mostWords = 12;

/** Scripts without spaces between words: each of their characters is indexed by itself. */
const gapless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;

/** A text as it goes into the index. */
export function indexedText(text: string): string {
  return text.replace(gapless, " $& ");
}

/** The searchable text of a turn: what was said, and the names of the code that was shown. */
export function searchedText(turn: Turn): string {
  return turn.role === "user" ? [turn.text, ...attachmentLabels(turn)].join("\n") : turn.text;
}

const snippetLength = 100;
const leadLength = 30;

/** The text around the first place where one of the words begins, on one line; undefined if none does. */
export function snippetOf(text: string, words: readonly string[]): string | undefined {
  const place = firstPlace(text, words);
  if (place === undefined) return undefined;
  const from = place <= leadLength ? 0 : wordStart(text, place - leadLength, place);
  const to = from + snippetLength >= text.length ? text.length : wordEnd(text, from, place);
  const cut = text
    .slice(from, to)
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
  return `${from > 0 ? "…" : ""}${cut}${to < text.length ? "…" : ""}`;
}

/** Where a token of the text begins with one of the words, ignoring case and accents. */
function firstPlace(text: string, words: readonly string[]): number | undefined {
  const beginnings = words.map(firstToken).filter((token) => token !== "");
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const plain = folded(token);
    // In scripts without spaces a whole sentence is one token.
    const inside = beginnings.map((word) => (isGapless(word) ? plain.indexOf(word) : -1));
    const offset = Math.max(...inside, -1);
    if (offset >= 0) return index + offset;
    if (beginnings.some((word) => plain.startsWith(word))) return index;
  }
  return undefined;
}

function firstToken(word: string): string {
  return folded(/[\p{L}\p{N}\p{M}]+/u.exec(word)?.[0] ?? "");
}

function isGapless(word: string): boolean {
  return word.search(gapless) >= 0;
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordStart(text: string, from: number, before: number): number {
  const gap = text.slice(from, before).search(/\s\S/);
  return gap === -1 ? wholeCharacter(text, from) : from + gap + 1;
}

function wordEnd(text: string, from: number, after: number): number {
  const end = from + snippetLength;
  const gap = text.slice(after, end).search(/\s\S*$/);
  return gap <= 0 ? wholeCharacter(text, end) : after + gap;
}

/** Moves a position out of the middle of a surrogate pair. */
function wholeCharacter(text: string, position: number): number {
  const half = text.charCodeAt(position);
  return half >= 0xdc00 && half <= 0xdfff ? position - 1 : position;
}
