import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growBlocks, splitBlocks } from "../../../src/protocol/answerBlocks";
import type { AnswerBlock } from "../../../src/protocol/answerBlocks";

const shapeOf = (block: AnswerBlock) =>
  block.kind === "text" ? block.source : [block.language, block.code, block.closed];

describe("an answer is cut into blocks", () => {
  const check = (name: string, source: string, expected: readonly unknown[]) =>
    it(name, () => expect(splitBlocks(source).map(shapeOf)).toEqual(expected));

  check("at blank lines", "one\n\ntwo", ["one", "two"]);
  check("at fences", "a\n```ts\ncode\n```\nb", ["a", ["ts", "code", true], "b"]);
  check("with a fence that is not closed yet", "```ts\nco", [["ts", "co", false]]);
  check("with a patch as code", "*** Begin Patch\n+a\n*** End Patch", [
    ["diff", "*** Begin Patch\n+a\n*** End Patch", true],
  ]);
  check(
    "with a fence inside a list, whose code loses the indentation",
    "1. a\n\n   ```\n   x\n     y\n   ```",
    ["1. a\n", ["", "x\n  y", true]],
  );
  check("with a list kept whole", "- a\n\n- b", ["- a\n\n- b"]);
  check("with a longer fence around a shorter one", "````md\n```\nx\n```\n````", [
    ["md", "```\nx\n```", true],
  ]);
});

it("each block says where it stands", () => {
  const source = "one\n\n\ntwo\n```ts\ncode\n```\nthree";
  const places = splitBlocks(source).map((block) =>
    block.kind === "text"
      ? source.slice(block.start, block.start + block.source.length)
      : source.slice(block.start, block.end),
  );
  expect(places).toEqual(["one", "two", "```ts\ncode\n```", "three"]);
});

it("a growing text has the blocks of the whole, wherever it is cut", () => {
  const pieces = fc.constantFrom(
    ..."```ts\n|```|~~~\n|- |1|. |a|\n|\n\n|   |*** Begin Patch\n|*** End Patch\n|# ".split("|"),
    "\n",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      let drawn = { source: "", blocks: [] as readonly AnswerBlock[] };
      for (const part of parts) {
        const source = drawn.source + part;
        drawn = { source, blocks: growBlocks(drawn, source) };
        expect(drawn.blocks).toEqual(splitBlocks(source));
      }
    }),
    { numRuns: 2000 },
  );
});

// Twice the text takes twice as long: what takes four times as long is not done within a test's time.
it.each([
  ["100,000 fences", "```\nx\n```\n".repeat(100_000)],
  ["a line of 5 MB", "x".repeat(5_000_000)],
  ["a fence of 5 MB", "`".repeat(5_000_000)],
  ["spaces behind a fence", `\`\`\`${" ".repeat(5_000_000)}\``],
])("%s: split to the end", (_name, source) => {
  const last = splitBlocks(source).at(-1);
  const end = last?.kind === "text" ? last.start + last.source.length : last?.end;
  expect(end).toBe(source.trimEnd().length);
});
