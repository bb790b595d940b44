import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../../src/core/edits/documentLines";
import { createLineIndex, findRuns } from "../../../src/core/edits/lineIndex";

function find(text: string, pattern: readonly string[]): readonly number[] {
  return createLineIndex(parseDocument(text), pattern).findAll(pattern, "exact");
}

describe("where lines stand in a file", () => {
  const lines = (most: number) =>
    fc.array(fc.constantFrom("a", "b", ""), { minLength: 1, maxLength: most });

  it("is found by the rarest of them as by looking through the file", () => {
    fc.assert(
      fc.property(lines(40), lines(4), (file, pattern) => {
        expect(find(`${file.join("\n")}\n`, pattern)).toEqual(findRuns(file, pattern));
      }),
    );
  });

  it("neither before the first line nor behind the last", () => {
    expect(find("b\nc\n", ["a", "b"])).toEqual([]);
    expect(find("a\nb\n", ["b", "c"])).toEqual([]);
  });

  // Each place compared line by line would be 40,000 million comparisons: more than a test's time.
  it("where all lines are the same", () => {
    const same = (count: number) => Array.from({ length: count }, () => "x");
    expect(findRuns(same(400_000), same(200_000))).toHaveLength(200_001);
  });
});
