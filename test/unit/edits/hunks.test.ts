import { describe, expect, test } from "vitest";
import { hunksBetween, withHunks } from "../../../src/core/edits/hunks";

describe("hunks", () => {
  const before = "a\nb\nc\nd\ne\n";
  const after = "a\nB\nB2\nc\nd\n";

  test("have their lines before and after", () => {
    expect(hunksBetween(before, after)).toEqual([
      {
        before: { start: 1, end: 2 },
        after: { start: 1, end: 3 },
        removed: ["b\n"],
        added: ["B\n", "B2\n"],
      },
      { before: { start: 4, end: 5 }, after: { start: 5, end: 5 }, removed: ["e\n"], added: [] },
    ]);
  });

  test("are accepted one by one", () => {
    const hunks = hunksBetween(before, after);
    expect(withHunks(before, [])).toBe(before);
    expect(withHunks(before, hunks.slice(0, 1))).toBe("a\nB\nB2\nc\nd\ne\n");
    expect(withHunks(before, hunks.slice(1))).toBe("a\nb\nc\nd\n");
    expect(withHunks(before, hunks.toReversed())).toBe(after);
  });

  test.each([
    ["", ""],
    ["", "a\n"],
    ["a\n", ""],
    ["a\r\nb", "a\nb"],
    ["a", "a\n"],
    ["\uFEFFa\n", "a\n"],
    ["x\n".repeat(900), "y\n".repeat(900)],
    ["x\n".repeat(400) + "k\n" + "x\n".repeat(400), "y\n".repeat(400) + "k\n" + "z\n".repeat(400)],
  ])("add up (%#)", (one, other) => {
    const hunks = hunksBetween(one, other);
    expect(withHunks(one, hunks)).toBe(other);
    expect(hunks.length === 0).toBe(one === other);
  });
});
