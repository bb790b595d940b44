import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../../src/core/edits/documentLines";
import { createLineIndex, findRuns } from "../../../src/core/edits/lineIndex";

function find(text: string, pattern: readonly string[]): readonly number[] {
  return createLineIndex(parseDocument(text)).findAll(pattern, "exact");
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

  it("takes no longer where all lines are the same", () => {
    const started = performance.now();
    const most = 50_000;
    expect(
      find(
        "x\n".repeat(most),
        Array.from({ length: 500 }, () => "x"),
      ),
    ).toHaveLength(most - 499);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
