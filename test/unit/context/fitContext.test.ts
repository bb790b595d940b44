import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContextItem } from "../../../src/core/context/contextItem";
import { linesOf, tokensOf } from "../../../src/core/context/cutContext";
import { fitContext } from "../../../src/core/context/fitContext";
import type { WeighedItem } from "../../../src/core/context/fitContext";
import { contextSamples } from "./contextSamples";

const lines = (count: number, word = "value") =>
  Array.from({ length: count }, (_, index) => `${word} ${index}`).join("\n");

const { selection, file, folder, problems, gitDiff, terminal, image, instructions } =
  contextSamples;

function code(count: number): ContextItem {
  return { ...file, startLine: 1, endLine: count, text: lines(count) };
}

const weigh = (item: ContextItem): WeighedItem => ({ item, tokens: tokensOf(item) });

describe("without room for all", () => {
  it("what the user pointed at comes before what lies around it", () => {
    const items = [folder, code(400), selection, problems].map(weigh);
    const fitted = fitContext(items, 400);
    expect(fitted.map(({ kind }) => kind)).toEqual(["leftOut", "cut", "whole", "whole"]);
  });

  it("says by how much an item is cut", () => {
    const [cut] = fitContext([weigh(code(400))], 500);
    if (cut?.kind !== "cut" || cut.item.kind !== "file") throw new Error("not cut");
    expect(cut.item.endLine + cut.linesLeftOut).toBe(400);
    expect(cut.item.text).toBe(lines(cut.item.endLine));
    expect(cut.tokens).toBeLessThanOrEqual(500);
    expect(cut.tokens).toBeGreaterThan(470);
  });

  it("keeps the end of what a command printed, where its failure stands", () => {
    const [cut] = fitContext([weigh({ ...terminal, output: lines(900) })], 300);
    if (cut?.kind !== "cut" || cut.item.kind !== "terminal") throw new Error("not cut");
    expect(cut.item.output).toMatch(/value 899$/);
    expect(cut.item.linesLeftOut).toBe(cut.linesLeftOut);
  });

  it("keeps the list of a diff's files", () => {
    const files = ["a.ts", "b.ts"];
    const [cut] = fitContext([weigh({ ...gitDiff, files, text: lines(900) })], 300);
    if (cut?.kind !== "cut" || cut.item.kind !== "gitDiff") throw new Error("not cut");
    expect(cut.item.files).toEqual(files);
  });

  it("counts the problems that it leaves out", () => {
    const many = Array.from({ length: 200 }, (_, line) => ({
      severity: "error" as const,
      message: "Something is wrong here.",
      line,
    }));
    const [cut] = fitContext([weigh({ ...problems, problems: many, problemsLeftOut: 5 })], 300);
    if (cut?.kind !== "cut" || cut.item.kind !== "problems") throw new Error("not cut");
    expect(cut.item.problems.length + cut.item.problemsLeftOut).toBe(205);
  });

  it("a picture and instructions go whole or not at all", () => {
    const items = [weigh(instructions), { item: image, tokens: 900 }];
    expect(fitContext(items, 100).map(({ kind }) => kind)).toEqual(["whole", "leftOut"]);
    expect(fitContext(items, 10).map(({ kind }) => kind)).toEqual(["leftOut", "leftOut"]);
  });

  it("believes a count that is above the estimate", () => {
    const item = code(100);
    const tokens = tokensOf(item) * 3;
    const [cut] = fitContext([{ item, tokens }], tokens / 2);
    if (cut?.kind !== "cut") throw new Error("not cut");
    expect(linesOf(cut.item)).toBeGreaterThan(40);
    expect(linesOf(cut.item)).toBeLessThan(52);
  });
});

const anyText = fc.array(fc.constantFrom("", "a", "x = 1;", "```", "  return y", "é…漢字"), {
  minLength: 1,
  maxLength: 60,
});
const anyItem: fc.Arbitrary<ContextItem> = fc.oneof(
  anyText.map((text) => ({ ...selection, endLine: 2 + text.length, text: text.join("\n") })),
  anyText.map((text) => ({ ...file, endLine: text.length, text: text.join("\n") })),
  anyText.map((text) => ({ ...terminal, output: text.join("\n") })),
  anyText.map((text) => ({ ...gitDiff, text: text.join("\n") })),
  anyText.map((text) => ({
    ...problems,
    problems: text.map((message, line) => ({ severity: "error" as const, message, line })),
  })),
  anyText.map((text) => ({
    ...folder,
    files: text.map((part, index) => ({ ...file, path: `${index}`, text: part })),
  })),
  fc.constant<ContextItem>(image),
  fc.constant<ContextItem>(instructions),
);

describe("whatever the items and the room", () => {
  const weighed = fc.array(
    fc.tuple(anyItem, fc.constantFrom(1, 0.7, 1.6)).map(([item, counted]) => ({
      item,
      tokens: Math.ceil(tokensOf(item) * counted),
    })),
    { maxLength: 6 },
  );

  it("never takes more than there is, and answers for each item", () => {
    fc.assert(
      fc.property(weighed, fc.integer({ min: 0, max: 900 }), (items, room) => {
        const fitted = fitContext(items, room);
        expect(fitted).toHaveLength(items.length);
        const taken = fitted.reduce(
          (sum, part) => sum + (part.kind === "leftOut" ? 0 : part.tokens),
          0,
        );
        expect(taken).toBeLessThanOrEqual(room);
        for (const [index, part] of fitted.entries()) {
          if (part.kind === "leftOut") continue;
          expect(part.item.kind).toBe(items[index]?.item.kind);
          if (part.kind === "whole") expect(part.item).toBe(items[index]?.item);
          else expect(part.linesLeftOut).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leaves everything whole where there is room", () => {
    fc.assert(
      fc.property(weighed, (items) => {
        const all = items.reduce((sum, { tokens }) => sum + tokens, 0);
        expect(fitContext(items, all).every(({ kind }) => kind === "whole")).toBe(true);
      }),
    );
  });

  it("more room never means less of an item", () => {
    const kept = (item: ContextItem, room: number) => {
      const [part] = fitContext([weigh(item)], room);
      return part === undefined || part.kind === "leftOut" ? 0 : linesOf(part.item);
    };
    fc.assert(
      fc.property(anyItem, fc.nat(600), fc.nat(200), (item, room, more) => {
        expect(kept(item, room + more)).toBeGreaterThanOrEqual(kept(item, room));
      }),
      { numRuns: 200 },
    );
  });
});
