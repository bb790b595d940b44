import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UserTurn } from "../../../src/core/chat/conversation";
import { readTitle, titleFrom, titleOf } from "../../../src/core/chat/title";
import type { ContextItem } from "../../../src/core/context/contextItem";
import { slashPrompts } from "../../../src/core/prompts/slashPrompts";

const code: ContextItem = {
  kind: "selection",
  uri: "file:///w/src/a.ts",
  path: "src/a.ts",
  languageId: "typescript",
  startLine: 3,
  endLine: 9,
  text: "let a;",
};

function question(text: string, given: Partial<UserTurn> = {}): UserTurn {
  return { role: "user", id: "u", task: "chat", text, attachments: [], ...given };
}

describe("a question is called", () => {
  it.each([
    ["How do I sort a list?", "How do I sort a list?"],
    ["  \n\nhello  there\t!\nmore", "hello there !"],
    ["```ts\nconst a = 1;\n```\nWhat is wrong with this?", "What is wrong with this?"],
    ["~~~\ncode\n~~~\n\n---\nWhy?", "Why?"],
    ["````\n```\nlet b;\n```\n````", "let b;"],
    ["```\nonly code\n```", "only code"],
    ["# Heading", "Heading"],
    ["> - 1. quoted and listed", "quoted and listed"],
    ["2 + 2 = ?", "2 + 2 = ?"],
    ["???", "???"],
    ["", ""],
    ["/explain", "/explain"],
    ["/fix the loop in main", "the loop in main"],
    ["/usr/bin is missing", "/usr/bin is missing"],
    ["a\u202ereversed\u2066 \u200bx", "areversed x"],
    ["one\u2028two", "one"],
    [
      "Please explain to me in great detail how the event loop of Node.js works",
      "Please explain to me in great detail how the event loop of…",
    ],
    ["x".repeat(100), `${"x".repeat(59)}…`],
    ["word, ".repeat(30), "word, word, word, word, word, word, word, word, word, word…"],
    [`${"a".repeat(58)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦 more`, `${"a".repeat(58)}👩‍👩‍👧‍👦…`],
    ["日本語".repeat(30), `${"日本語".repeat(19)}日本…`],
  ])("%j: %j", (text, title) => {
    const { kind, ...rest } = titleFrom(question(text));
    if (text === "/explain") expect(kind).toBe("command");
    else expect({ kind, ...rest }).toEqual({ kind: "question", text: title });
  });

  it("one line of at most 60 characters, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const title = titleFrom(question(text));
        const shown = title.kind === "command" ? "" : title.text;
        expect([...new Intl.Segmenter().segment(shown)].length).toBeLessThanOrEqual(60);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});

describe("a command on code is called by its name and the code's", () => {
  const command = (name: string) => ({ kind: "command", name, label: "src/a.ts:3-9" });

  it.each([
    ["explain", "explain"],
    ["fix", "fix"],
    ["document", "docs"],
    ["tests", "tests"],
  ] as const)("%s: %s", (task, name) => {
    const asked = question("The command's own words.", { task, attachments: [code] });
    expect(titleFrom(asked)).toEqual(command(name));
  });

  it.each(Object.entries(slashPrompts))("%s", (typed, prompt) => {
    const asked = question(prompt, { task: "edit", attachments: [code] });
    expect(titleFrom(asked)).toEqual(command(typed.slice(1)));
    const withWords = question(`${prompt} Mind the edges.`, { task: "edit", attachments: [code] });
    expect(titleFrom(withWords)).toEqual({ kind: "question", text: "Mind the edges." });
  });

  it("an edit by what was asked", () => {
    const asked = question("Rename total to sum", { task: "edit", attachments: [code] });
    expect(titleFrom(asked)).toEqual({ kind: "question", text: "Rename total to sum" });
  });
});

describe("a conversation is called", () => {
  it("as the user wants", () => {
    expect(titleOf({ title: "Mine", turns: [question("x")] })).toEqual({
      kind: "given",
      text: "Mine",
    });
  });

  it("nothing, without a question", () => {
    expect(titleOf({ turns: [] })).toEqual({ kind: "question", text: "" });
  });

  it.each([
    [" My  chat\n", "My chat"],
    ["", undefined],
    [" \u200b\n", undefined],
    ["y".repeat(500), "y".repeat(200)],
  ])("typed as %j: %j", (typed, title) => expect(readTitle(typed)).toBe(title));
});
