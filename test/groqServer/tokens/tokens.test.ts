import { describe, expect, it } from "vitest";
import type { GroqServer } from "../groqServer";
import { facts } from "../testing/facts";
import { chat, gptOss } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";
import { encodeText, splitIntoPieces } from "./harmonyTokens";

async function usage(server: GroqServer, messages: readonly object[]): Promise<[number, number]> {
  const { text } = await chat(server, { messages, max_completion_tokens: 1 });
  const found = (name: string): number =>
    Number(new RegExp(`"${name}":(\\d+)`).exec(text)?.[1] ?? 0);
  return [found("prompt_tokens"), found("cached_tokens")];
}

const user = (content: string): object => ({ role: "user", content });
const long = "count ".repeat(300);

describe("prompt tokens of gpt-oss", () => {
  it.each([
    ["a user message: 67 and its text", [user("Hello")], 67 + 1],
    [
      "a developer message: 7 more",
      [{ role: "system", content: "Hello" }, user("Hello")],
      67 + 7 + 2,
    ],
    [
      "an earlier answer: 6 more",
      [user("Hello"), { role: "assistant", content: "Hello" }],
      67 + 6 + 2,
    ],
  ])("%s", async (_case, messages, tokens) => {
    const server = await startForTest();
    expect((await usage(server, messages))[0], facts.harmonyOverhead).toBe(tokens);
  });

  it("counts a tool call and its result with about 14 and 11", async () => {
    const server = await startForTest();
    const run = { name: "run", arguments: "{}" };
    const exchange = [
      { role: "assistant", tool_calls: [{ id: "1", type: "function", function: run }] },
      { role: "tool", tool_call_id: "1", content: "done" },
    ];
    const [tokens] = await usage(server, [user("Hello"), ...exchange]);
    const overhead = tokens - 68 - encodeText("{}").length - encodeText("done").length;
    expect(Math.abs(overhead - 25)).toBeLessThanOrEqual(2);
  });

  it("takes what looks like a special token for text", async () => {
    const server = await startForTest();
    expect((await usage(server, [user("<|end|>")]))[0]).toBe(67 + encodeText("<|end|>").length);
  });

  it("counts very long prompts", async () => {
    const limits = { [gptOss]: {} };
    const server = await startForTest({ plan: "custom", limits });
    expect((await usage(server, [user("count ".repeat(130_000))]))[0]).toBeGreaterThan(130_000);
  });
});

describe("pieces of a text", () => {
  it.each(["Hello, wörld!", "日本語 👩‍👩‍👧‍👦 emoji", ""])("join to %s", (text) => {
    const pieces = splitIntoPieces(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
    expect(tokens).toBe(encodeText(text).length);
  });
});

describe("the prompt cache", () => {
  it("finds the longest prefix in whole blocks, and counts it in prompt_tokens", async () => {
    const server = await startForTest({ plan: "custom" });
    const [first, none] = await usage(server, [user(long)]);
    const [second, cached] = await usage(server, [user(long), user("And now?")]);
    expect([none, cached]).toEqual([0, 256]);
    expect(second, facts.promptIncludesCached).toBeGreaterThan(first);
    const [, elsewhere] = await usage(server, [user(`Not ${long}`)]);
    expect(elsewhere).toBe(0);
  });

  it("forgets a prefix after two idle hours, and no sooner", async () => {
    const server = await startForTest({ plan: "custom" });
    await usage(server, [user(long)]);
    await server.clock.advance(7_199_000);
    expect((await usage(server, [user(long)]))[1]).toBe(256);
    await server.clock.advance(7_199_000);
    expect((await usage(server, [user(long)]))[1]).toBe(256);
    await server.clock.advance(7_200_000);
    expect((await usage(server, [user(long)]))[1]).toBe(0);
  });

  it("is not there for models without one", async () => {
    const server = await startForTest({
      plan: "custom",
      models: { [gptOss]: { promptCaching: false } },
    });
    await usage(server, [user(long)]);
    expect((await usage(server, [user(long)]))[1]).toBe(0);
  });

  it("makes input half as dear", async () => {
    const server = await startForTest({ plan: "custom" });
    await usage(server, [user(long)]);
    const [prompt, cached] = await usage(server, [user(long)]);
    const [, entry] = server.bill().entries;
    // $0.075, $0.0375 and $0.30 per million tokens.
    const price = BigInt(prompt - cached) * 75_000n + BigInt(cached) * 37_500n + 300_000n;
    expect(entry?.amount).toBe(price);
  });
});
