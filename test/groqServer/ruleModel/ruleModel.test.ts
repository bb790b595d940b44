import { describe, expect, it } from "vitest";
import { z } from "zod";
import { chat } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";
import { standInNotice } from "./answerFromRules";
import { readPrompt } from "./codeBlock";

const code = [
  "export function total(items: number[]): number {",
  "  let sum = 0;",
  "  for (const item of items) {",
  '    sum += item * 1.25; // "sum" stays here',
  "  }",
  "  return sum;",
  "}",
];

const prompt = (instruction: string, path = "File: src/total.ts (lines 10-16)"): string =>
  [path, "```ts", ...code, "```", "", instruction].join("\n");

const selected = (lines: string): string =>
  prompt(`The user selected lines ${lines}.\n\nDocument it`);

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })),
});

/** What the stand-in says to a user message, after its notice. */
async function answer(content: string): Promise<string> {
  const server = await startForTest();
  const messages = [{ role: "user", content }];
  const { json } = await chat(server, { messages });
  const text = answerSchema.parse(json).choices[0]?.message.content ?? "";
  expect(text.split("\n")[0]).toBe(standInNotice);
  return text.slice(standInNotice.length).trim();
}

/** The code after a patch: hunks applied by exact match, in order. */
function applied(text: string): string[] {
  const patch = text.slice(text.indexOf("*** Begin Patch")).split("\n");
  expect(patch.slice(0, 2)).toEqual(["*** Begin Patch", "*** Update File: src/total.ts"]);
  expect(patch.at(-1)).toBe("*** End Patch");
  const hunks = patch.slice(2, -1).join("\n").split(/^@@$/m).slice(1);
  return hunks
    .reduce((source, hunk) => {
      const lines = hunk.slice(1).replace(/\n$/, "").split("\n");
      const side = (dropped: string): string =>
        lines
          .filter((line) => !line.startsWith(dropped))
          .map((line) => line.slice(1))
          .join("\n");
      expect(source).toContain(side("+"));
      return source.replace(side("+"), side("-"));
    }, code.join("\n"))
    .split("\n");
}

describe("the rules", () => {
  it("explain a selection", async () => {
    const text = await answer(prompt("Explain this."));
    expect(text).toContain("`src/total.ts`, lines 10-16");
    expect(text).toContain("line 10: function `total` takes `items`");
    expect(text).toContain("line 11: let `sum`");
  });

  it("rename an identifier in code, not in strings and comments", async () => {
    const result = applied(await answer(prompt("Please rename `sum` to `result`")));
    expect(result).toEqual(code.map((line) => line.replace(/\bsum\b(?!")/, "result")));
  });

  it.each([
    ["Extract the magic number into a constant called RATE", "RATE"],
    ["extract a constant", "ITEM_VALUE"],
  ])("%s", async (instruction, name) => {
    const result = applied(await answer(prompt(instruction)));
    expect(result).toContain(`const ${name} = 1.25;`);
    expect(result.join("\n")).toContain(`item * ${name};`);
  });

  it("add a doc comment", async () => {
    const result = applied(await answer(prompt("Add a doc comment")));
    expect(result.slice(0, 4)).toEqual([
      "/**",
      " * Total (function).",
      " * @param items - Items.",
      " */",
    ]);
    expect(result.slice(4)).toEqual(code);
  });

  it("edit on a vague wish, and explain on a vague question", async () => {
    expect(await answer(prompt("Make it nicer"))).toContain("*** Update File: src/total.ts");
    expect(await answer(prompt("How does it work?"))).not.toContain("***");
  });

  it("keep to the lines that were selected", async () => {
    expect(applied(await answer(selected("11-11"))).slice(1, 3)).toEqual([
      "  /** Sum (let). */",
      code[1],
    ]);
    expect(await answer(selected("13-13"))).toContain("nothing to change");
  });

  it("say so when there is nothing to do", async () => {
    expect(await answer(prompt("Rename foo to bar"))).toContain("nothing to change");
    expect(await answer("Hello")).toContain("You wrote: Hello");
  });
});

describe("readPrompt", () => {
  it.each([
    ["a heading", "File: src/a.ts (lines 3-4)\n```ts\nx\n```\nDo it", "src/a.ts", 3],
    ["a quoted path", "In `lib/b.py`:\n\n```py\nx\n```\nDo it", "lib/b.py", 1],
    ["an info string", "```ts src/c.ts\nx\n```\nDo it", "src/c.ts", 1],
    ["a long fence", "File: d.md\n````md\n```\nx\n```\n````\nDo it", "d.md", 1],
    ["no path", "```\nx\n```\nDo it", undefined, 1],
  ])("finds code under %s", (_case, text, path, firstLine) => {
    const { blocks, words } = readPrompt(text);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ path, firstLine });
    expect(words).toContain("Do it");
  });
});
