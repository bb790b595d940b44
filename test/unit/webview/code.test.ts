import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { highlight } from "../../../webview/code/highlighter";

// What the page gives its script, before any of it loads.
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: () => undefined,
}));
vi.stubGlobal("document", { body: { dataset: { words: "{}" } } });
const { shownPart } = await import("../../../webview/code/codeBlock");
const { cutIntoPieces } = await import("../../../webview/code/codeText");

const textOf = (runs: readonly { readonly text: string }[]) =>
  runs.map(({ text }) => text).join("");

describe("colours", () => {
  const check = (language: string, code: string, expected: readonly [string, string][]) =>
    it(`of ${language}`, () => {
      const runs = highlight(language, code) ?? [];
      expect(textOf(runs)).toBe(code);
      for (const [color, text] of expected) expect(runs).toContainEqual({ color, text });
    });

  check("ts", "export const a: string = `${1}x`; // b", [
    ["keyword", "export"],
    ["number", "1"],
    ["comment", "// b"],
  ]);
  check("py", "def f(x): return None", [
    ["keyword", "def"],
    ["function", "f"],
    ["literal", "None"],
  ]);
  check("html", "<script>let a = 1;</script>", [
    ["keyword", "script"],
    ["keyword", "let"],
  ]);
  check("diff", "-a\n+b", [
    ["removed", "-a"],
    ["added", "+b"],
  ]);

  it("none of a language that nobody knows", () => {
    expect(highlight("klingon", "a")).toBeUndefined();
  });

  it("no character of any code is lost or added", () => {
    const languages = fc.constantFrom(
      "ts",
      "py",
      "html",
      "css",
      "json",
      "bash",
      "md",
      "cpp",
      "sql",
      "php",
    );
    const pieces = fc.constantFrom(
      ..."< > { } ( ) \" ' ` / * # $ \\ & ; = a 1 \n <script> </script> ``` ${".split(" "),
      "\n",
      " ",
    );
    fc.assert(
      fc.property(languages, fc.array(pieces, { maxLength: 30 }), (language, parts) => {
        const code = parts.join("");
        expect(textOf(highlight(language, code) ?? [])).toBe(code);
      }),
    );
  });
});

it("code is cut into pieces that together are the code", () => {
  const code = Array.from({ length: 100 }, (_, line) => `line ${line}\n`).join("");
  const runs = highlight("ts", code) ?? [];
  const pieces = cutIntoPieces(runs);
  expect(pieces).toHaveLength(4);
  expect(textOf(pieces.flat())).toBe(code);
  expect(textOf(pieces[0] ?? []).split("\n")).toHaveLength(33);
});

describe("what is shown of long code without being asked for", () => {
  const check = (name: string, code: string, expected: number) =>
    it(name, () => {
      const shown = shownPart(code, 1);
      expect(code.startsWith(shown)).toBe(true);
      expect(shown).toHaveLength(expected);
      expect(shownPart(code, 10_000)).toBe(code);
    });

  check("all of what is usual", "a line\n".repeat(500), 3500);
  check("the beginning of a line without an end", `first\n${"x".repeat(2_000_000)}\nlast`, 4006);
  check("whole lines up to a limit", "0123456789\n".repeat(20_000), 60_005);
  check("nothing of nothing", "", 0);
});
