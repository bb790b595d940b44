import { describe, expect, it } from "vitest";
import { excerptLabel, renderExcerpt } from "../../../src/core/context/codeExcerpt";
import { editWindow } from "../../../src/core/context/editWindow";

const excerpt = {
  uri: "file:///project/src/a.ts",
  path: "src/a.ts",
  languageId: "typescript",
  startLine: 3,
  endLine: 4,
  text: "const a = 1;\nconst b = 2;",
};

it("names where it comes from", () => {
  expect(excerptLabel(excerpt)).toBe("src/a.ts:3-4");
  expect(renderExcerpt(excerpt)).toBe(
    "File: src/a.ts (lines 3-4)\n```typescript\nconst a = 1;\nconst b = 2;\n```",
  );
});

describe("editWindow", () => {
  const check = (
    name: string,
    given: { lines: number; startLine: number; endLine: number },
    expected: readonly [number, number],
  ) =>
    it(name, () => {
      const lines = Array.from({ length: given.lines }, (_, index) => `line ${index + 1}`);
      const window = editWindow({ ...excerpt, lines }, given);
      expect([window.startLine, window.endLine]).toEqual(expected);
      expect(window.text.split("\n")).toEqual(lines.slice(expected[0] - 1, expected[1]));
    });
  check("a short file goes whole", { lines: 150, startLine: 70, endLine: 71 }, [1, 150]);
  check("a long one with ten lines around", { lines: 151, startLine: 70, endLine: 71 }, [60, 81]);
  check("at its start", { lines: 500, startLine: 3, endLine: 5 }, [1, 15]);
  check("at its end", { lines: 500, startLine: 495, endLine: 500 }, [485, 500]);
  check("all of it", { lines: 500, startLine: 1, endLine: 500 }, [1, 500]);
});
