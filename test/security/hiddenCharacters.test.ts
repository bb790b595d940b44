import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findHidden, hasHidden } from "../../src/protocol/hiddenCharacters";
import { showHidden } from "../../webview/text/hiddenCharacters";
import { draw, textOf } from "../fakes/drawnElements";

const shown = (text: string) => textOf(draw(showHidden(text), []));

describe("what would not be seen is shown as its code point", () => {
  it.each([
    ["right-to-left override", "access\u202e//", "accessU+202E//"],
    ["isolates", "a\u2066b\u2069", "aU+2066bU+2069"],
    ["direction marks", "a\u200eb\u200fc\u061c", "aU+200EbU+200FcU+061C"],
    ["zero-width space and joiners", "a\u200bb\u200cc\u200dd", "aU+200BbU+200CcU+200Dd"],
    ["word joiner and byte order mark", "a\u2060\ufeffb", "aU+2060U+FEFFb"],
    ["soft hyphen", "pass\u00adword", "passU+00ADword"],
    ["tag characters", "a\u{e0041}\u{e007f}", "aU+E0041U+E007F"],
    ["variation selectors that carry bytes", "a\ufe01\u{e0101}", "aU+FE01U+E0101"],
    ["control characters", "a\u0007\u001b[31m\u0000", "aU+0007U+001B[31mU+0000"],
  ])("%s", (_name, text, expected) => {
    expect(hasHidden(text)).toBe(true);
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ["plain text", "a b\tc\nd\r\n"],
    ["an emoji of several", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u2764\ufe0f 1\ufe0f\u20e3"],
    ["a script that needs joiners", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["letters with accents", "\u00e9 e\u0301"],
  ])("%s passes", (_name, text) => {
    expect(hasHidden(text)).toBe(false);
    expect(shown(text)).toBe(text);
  });

  it("nothing hidden is left of any text, and nothing else is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const drawn = shown(text);
        expect(hasHidden(drawn)).toBe(false);
        if (!hasHidden(text)) expect(drawn).toBe(text);
      }),
    );
  });
});

it("each is found where it stands", () => {
  expect(findHidden("if (a\u202e) {\u{e0041}")).toEqual([
    { index: 5, length: 1, codePoint: "U+202E" },
    { index: 9, length: 2, codePoint: "U+E0041" },
  ]);
});

it("5 MB are looked through", () => {
  const text = "x\u0301".repeat(2_500_000);
  expect(hasHidden(text)).toBe(false);
  expect(hasHidden(`${text}\u202e`)).toBe(true);
});
