import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chargeOf } from "../../../src/core/budget/charge";
import type { BilledItem } from "../../../src/core/budget/charge";
import { formatDollars } from "../../../src/core/budget/money";
import { costOf } from "../../../src/core/budget/price";
import type { TokenPrice, Usage } from "../../../src/core/budget/price";
import { speechModels, transcriptionModels } from "../../../src/core/models/audioModels";
import { findModel } from "../../../src/core/models/catalogue";

type ChatItem = Extract<BilledItem, { kind: "chat" }>;

const million = 1_000_000;

function chat(id: string, used: Partial<Usage>, more: Partial<ChatItem> = {}): ChatItem {
  const price = findModel(id)?.price;
  if (price === undefined) throw new Error(`no price for ${id}`);
  const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
  return { kind: "chat", usage: { ...usage, ...used }, price, ...more };
}

function audio(id: string, seconds: number, batch = false): BilledItem {
  const model = transcriptionModels.find((row) => row.id === id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return { kind: "transcription", seconds, price: model.price, batch };
}

function speech(characters: number): BilledItem {
  const [model] = speechModels;
  if (model === undefined) throw new Error("no model");
  return { kind: "speech", characters, price: model.price };
}

describe("known figures", () => {
  const check = (name: string, item: BilledItem, dollars: string) =>
    it(`${name}: ${dollars}`, () => expect(formatDollars(chargeOf(item))).toBe(dollars));
  const large = { promptTokens: 100 * million, completionTokens: 20 * million };
  const big = "openai/gpt-oss-120b";

  check(
    "20b, 10M in, 2M out",
    chat("openai/gpt-oss-20b", { promptTokens: 10 * million, completionTokens: 2 * million }),
    "$1.35",
  );
  check("120b, 100M in, 20M out", chat(big, large), "$27.00");
  check("in a batch", chat(big, large, { batch: true }), "$13.50");
  check("half of it cached", chat(big, { ...large, cachedTokens: 50 * million }), "$23.25");
  check(
    "a batch takes no notice of the cache",
    chat(big, { ...large, cachedTokens: 50 * million }, { batch: true }),
    "$13.50",
  );
  const tools = (browserSearches: number, interpreterSeconds: number) =>
    chat(big, {}, { tools: { browserSearches, interpreterSeconds } });
  check("1,000 searches", tools(1000, 0), "$5.00");
  check("one search", tools(1, 0), "$0.0050");
  check("an hour of code", tools(0, 3600), "$0.18");
  check("two searches and ten minutes of code", tools(2, 600), "$0.04");
  check("an hour of audio", audio("whisper-large-v3", 3600), "$0.111");
  check("ten hours of audio", audio("whisper-large-v3", 36_000), "$1.11");
  check("ten hours of audio, turbo", audio("whisper-large-v3-turbo", 36_000), "$0.40");
  check("ten hours of audio in a batch", audio("whisper-large-v3-turbo", 36_000, true), "$0.20");
  check("a million characters", speech(million), "$22.00");
});

describe("audio is billed for ten seconds at least", () => {
  const exact = (seconds: number) => chargeOf(audio("whisper-large-v3-turbo", seconds));
  it.each([0, 0.2, 9.999, 10, -5, Number.NaN])("%s s", (seconds) => {
    expect(exact(seconds)).toBe(111_111_111n);
  });
  it("and by the millisecond from there", () => expect(exact(10.5)).toBe(116_666_667n));
});

const tokens = fc.nat({ max: 1_000_000 });
const usages = fc.record({
  promptTokens: tokens,
  cachedTokens: tokens,
  completionTokens: tokens,
  reasoningTokens: tokens,
});
const amounts = fc.bigInt({ min: 0n, max: 10n ** 14n });
const prices: fc.Arbitrary<TokenPrice> = fc
  .record({ input: amounts, cachedInput: amounts, output: amounts })
  .map(({ input, cachedInput, output }) => ({
    input,
    cachedInput: cachedInput < input ? cachedInput : input,
    output,
  }));

describe("for all usages and prices", () => {
  it("without batch and tools it is the cost of the tokens", () =>
    fc.assert(
      fc.property(usages, prices, (usage, price) => {
        expect(chargeOf({ kind: "chat", usage, price })).toBe(costOf(usage, price));
      }),
    ));

  it("a batch costs half of what it costs without a cache, to the rounding of two items", () =>
    fc.assert(
      fc.property(usages, prices, (usage, price) => {
        const inBatch = chargeOf({ kind: "chat", usage, price, batch: true });
        const full = costOf({ ...usage, cachedTokens: 0 }, price);
        const off = 2n * inBatch - full;
        expect(off >= -2n && off <= 4n).toBe(true);
      }),
    ));

  it("two requests together cost what they cost apart, to the rounding of each item", () =>
    fc.assert(
      fc.property(usages, usages, prices, (one, other, price) => {
        const both = {
          promptTokens: one.promptTokens + other.promptTokens,
          cachedTokens:
            Math.min(one.cachedTokens, one.promptTokens) +
            Math.min(other.cachedTokens, other.promptTokens),
          completionTokens: one.completionTokens + other.completionTokens,
          reasoningTokens: 0,
        };
        const charge = (usage: Usage) => chargeOf({ kind: "chat", usage, price });
        const off = charge(one) + charge(other) - charge(both);
        expect(off >= -3n && off <= 3n).toBe(true);
      }),
    ));

  it("more never costs less", () =>
    fc.assert(
      fc.property(usages, prices, tokens, fc.boolean(), (usage, price, more, batch) => {
        const charge = (used: Usage) => chargeOf({ kind: "chat", usage: used, price, batch });
        const { promptTokens, completionTokens } = usage;
        const least = charge(usage);
        expect(charge({ ...usage, promptTokens: promptTokens + more }) >= least).toBe(true);
        expect(charge({ ...usage, completionTokens: completionTokens + more }) >= least).toBe(true);
      }),
    ));

  it("audio and speech likewise, and never for less than nothing", () =>
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (size, more) => {
          for (const bill of [
            (count: number) => chargeOf(audio("whisper-large-v3", count)),
            (count: number) => chargeOf(speech(count)),
          ]) {
            expect(bill(size + more) >= bill(size)).toBe(true);
            expect(bill(size) >= 0n).toBe(true);
          }
        },
      ),
    ));
});

it("no number that a service could send makes it throw", () => {
  for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e300]) {
    const tools = { browserSearches: odd, interpreterSeconds: odd };
    expect(chargeOf(chat("openai/gpt-oss-20b", {}, { tools })) >= 0n).toBe(true);
    expect(chargeOf(audio("whisper-large-v3", odd)) >= 0n).toBe(true);
    expect(chargeOf(speech(odd)) >= 0n).toBe(true);
  }
});
