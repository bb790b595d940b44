import * as fc from "fast-check";
import { encode } from "gpt-tokenizer/encoding/o200k_harmony";
import { describe, expect, it } from "vitest";
import { estimateText } from "../../../src/core/tokens/estimateTokens";
import { samples } from "./samples";

/** Tokens as gpt-oss counts them; marks of the template in a text are ordinary text. */
function count(text: string): number {
  return encode(text, { disallowedSpecial: new Set() }).length;
}

describe("the upper estimate holds, so that admission is not refused", () => {
  for (const [name, text] of Object.entries(samples))
    it(name, () => expect(estimateText(text).upper).toBeGreaterThanOrEqual(count(text)));
});

describe("code and prose are not overestimated, so that a small limit goes far", () => {
  for (const name of ["prose", "typescript", "preact", "styles", "json", "python", "sql"]) {
    it(name, () => {
      const text = samples[name] ?? "";
      const { likely, upper } = estimateText(text);
      const tokens = count(text);
      expect(likely / tokens).toBeGreaterThan(0.85);
      expect(likely / tokens).toBeLessThan(1.35);
      expect(upper / tokens).toBeLessThan(1.75);
    });
  }
});

describe("the bound is proven", () => {
  const check = (name: string, texts: fc.Arbitrary<string>) =>
    it(name, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const { likely, upper, bound } = estimateText(text);
          expect(bound).toBeGreaterThanOrEqual(count(text));
          expect(bound).toBeGreaterThanOrEqual(Buffer.byteLength(text));
          expect(upper).toBeLessThanOrEqual(bound);
          expect(likely).toBeLessThanOrEqual(upper);
        }),
        { numRuns: 300 },
      );
    });
  check("for any text", fc.string({ unit: "grapheme", maxLength: 300 }));
  check("for broken text", fc.string({ unit: "binary", maxLength: 300 }));
  check("for bytes", fc.string({ unit: "binary-ascii", maxLength: 300 }));
});

describe("estimateText", () => {
  const check = (text: string, bound: number) =>
    it(`${JSON.stringify(text)} has at most ${bound}`, () =>
      expect(estimateText(text).bound).toBe(bound));
  check("", 0);
  check("a", 1);
  check("é", 2);
  check("€", 3);
  check("\ud800", 3);
  check("<|start|>", 9);

  it("says nothing for nothing", () => {
    expect(estimateText("")).toEqual({ likely: 0, upper: 0, bound: 0 });
  });
});
