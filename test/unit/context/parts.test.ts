import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutDiff } from "../../../src/core/context/diffText";
import { outlineOf } from "../../../src/core/context/outline";
import { rankPaths, withFolders } from "../../../src/core/context/rankPaths";
import { shiftLines } from "../../../src/core/context/shiftLines";
import { lastLines, plainTerminalText } from "../../../src/core/context/terminalText";

describe("a terminal's output as text", () => {
  const check = (name: string, raw: string, expected: string) =>
    it(name, () => expect(plainTerminalText(raw)).toBe(expected));
  check("without colours", "\u001b[1;31mfailed\u001b[0m ok", "failed ok");
  check("without marks of the shell", "\u001b]633;C\u0007out\r\n\u001b]633;D;0\u0007", "out");
  check("without links", "\u001b]8;;https://a\u001b\\name\u001b]8;;\u001b\\", "name");
  check("as the last state of a progress bar", "10 %\r50 %\r100 %\r\ndone", "100 %\ndone");
  check("with backspaces done", "abx\bc", "abc");
  check("with tabs and umlauts", "a\tü\u0000", "a\tü");
  check("of a sequence that was cut off", "a\u001b]0;title", "a");

  it("keeps the last whole lines", () => {
    expect(lastLines("one\ntwo\nthree", 8)).toEqual({ text: "three", linesLeftOut: 2 });
    expect(lastLines("one\ntwo\nthree", 9)).toEqual({ text: "two\nthree", linesLeftOut: 1 });
    expect(lastLines("one", 9)).toEqual({ text: "one", linesLeftOut: 0 });
  });

  it("has no control characters, whatever comes", () => {
    const piece = fc.constantFrom(
      "\u001b",
      "[",
      "]",
      "31m",
      "\u0007",
      "\r",
      "\n",
      "a",
      "\\",
      "\b",
      "\u009b",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const left = plainTerminalText(parts.join("")).replaceAll(/[\n\t]/g, "");
        expect(left).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe("a diff", () => {
  const diff = [
    "diff --git a/src/a.ts b/src/a.ts",
    "index 1..2 100644",
    "--- a/src/a.ts",
    "+++ b/src/a.ts",
    "@@ -1 +1 @@",
    "-old",
    "+new",
    "diff --git a/.env b/.env",
    "--- a/.env",
    "+++ b/.env",
    "@@ -1 +1 @@",
    "+SECRET=1",
    "diff --git a/gone.ts b/gone.ts",
    "deleted file mode 100644",
    "--- a/gone.ts",
    "+++ /dev/null",
    "@@ -1 +0,0 @@",
    "-diff --git a/not/a/file b/not/a/file",
    "diff --git a/one.ts b/two.ts",
    "similarity index 100%",
    "rename from one.ts",
    "rename to two.ts",
    "diff --git a/pic.png b/pic.png",
    "Binary files a/pic.png and b/pic.png differ",
    "",
  ].join("\n");

  it("names its files, without those that are hidden", () => {
    const cut = cutDiff(diff, { characters: 10_000, hides: (path) => path === ".env" });
    expect(cut.files).toEqual(["src/a.ts", "gone.ts", "two.ts", "pic.png"]);
    expect(cut.text).not.toContain("SECRET");
    expect(cut.linesLeftOut).toBe(0);
  });

  it("hides a file that was renamed, too", () => {
    const cut = cutDiff(diff, { characters: 10_000, hides: (path) => path === "one.ts" });
    expect(cut.files).not.toContain("two.ts");
  });

  it("keeps all names when it is cut", () => {
    const cut = cutDiff(diff, { characters: 60, hides: () => false });
    expect(cut.files).toHaveLength(5);
    expect(cut.text).toBe("diff --git a/src/a.ts b/src/a.ts\nindex 1..2 100644");
    expect(cut.linesLeftOut).toBe(22);
  });

  it("of nothing is nothing", () => {
    const cut = cutDiff("", { characters: 60, hides: () => false });
    expect(cut).toEqual({ files: [], text: "", linesLeftOut: 0 });
  });
});

describe("an outline", () => {
  it("shows folders once", () => {
    expect(outlineOf(["src/b/c.ts", "src/a.ts", "README.md", "src/b/d.ts"], 50)).toEqual({
      text: "README.md\nsrc/\n  a.ts\n  b/\n    c.ts\n    d.ts",
      entriesLeftOut: 0,
    });
  });

  it("ends somewhere", () => {
    const paths = Array.from({ length: 100 }, (_, index) => `f${index}`);
    expect(outlineOf(paths, 10).entriesLeftOut).toBe(90);
  });
});

describe("the search for a path", () => {
  const entries = withFolders([
    "src/cart.ts",
    "src/cart.test.ts",
    "src/chart/art.ts",
    "lib/deep/cartography/map.ts",
    "README.md",
  ]);
  const find = (query: string, recent: readonly string[] = [], limit = 10) =>
    rankPaths(entries, query, recent, limit).map(({ path }) => path);

  it("puts names before paths, beginnings before middles", () => {
    expect(find("cart")).toEqual([
      "src/cart.ts",
      "src/cart.test.ts",
      "lib/deep/cartography",
      "lib/deep/cartography/map.ts",
      "src/chart/art.ts",
      "src/chart",
    ]);
  });
  it("knows letters in order, and either slash", () => {
    expect(find("sct")[0]).toBe("src/cart.ts");
    expect(find("src\\cart")[0]).toBe("src/cart.ts");
    expect(find("xyz")).toEqual([]);
  });
  it("puts recent files first, among equals", () => {
    expect(find("", ["README.md", "src/cart.test.ts"], 2)).toEqual([
      "README.md",
      "src/cart.test.ts",
    ]);
    expect(find("cart", ["src/chart/art.ts"])[0]).toBe("src/cart.ts");
  });
  it("finds folders, and says so", () => {
    expect(rankPaths(entries, "deep", [], 1)).toEqual([{ path: "lib/deep", isFolder: true }]);
  });
  it("finds one of 50,000 files", () => {
    const many = withFolders(
      Array.from(
        { length: 50_000 },
        (_, index) => `packages/p${index % 300}/src/module${index}.ts`,
      ),
    );
    expect(rankPaths(many, "module4999", [], 20)[0]?.path).toMatch(/module4999\d?\.ts$/);
  });
});

describe("lines that were selected, after a change of the document", () => {
  const range = { startLine: 10, endLine: 12 };
  const check = (
    name: string,
    [startLine, startCharacter, endLine, endCharacter, newLines]: readonly [
      number,
      number,
      number,
      number,
      number,
    ],
    expected: readonly [number, number] | undefined,
  ) =>
    it(name, () => {
      const shifted = shiftLines(range, {
        start: { line: startLine, character: startCharacter },
        end: { line: endLine, character: endCharacter },
        newLines,
      });
      expect(shifted && [shifted.startLine, shifted.endLine]).toEqual(expected);
    });
  check("above them, they move", [2, 0, 2, 0, 3], [13, 15]);
  check("above them, lines deleted", [2, 0, 4, 0, 0], [8, 10]);
  check("below them, they stay", [13, 0, 13, 0, 5], [10, 12]);
  check("a line put in front of them", [10, 0, 10, 0, 1], [11, 13]);
  check("a line put into them", [11, 0, 11, 0, 1], [10, 13]);
  check("a line put in at their first line's end", [10, 5, 10, 5, 1], [10, 13]);
  check("a line of them deleted", [11, 0, 12, 0, 0], [10, 11]);
  check("all of them deleted", [10, 0, 13, 0, 0], undefined);
  check("all of them and more deleted", [8, 2, 20, 1, 0], undefined);
  check("the whole document replaced", [0, 0, 90, 0, 91], [10, 12]);
  check("their beginning replaced with what was before", [8, 0, 11, 0, 1], [9, 10]);
  check("their end replaced with what comes after", [12, 0, 15, 0, 1], [10, 13]);
});
