import { describe, expect, it } from "vitest";
import type { AnswerTurn, Turn, UserTurn } from "../../../src/core/chat/conversation";
import { requestMessages } from "../../../src/core/chat/requestMessages";
import type { PromptRoom } from "../../../src/core/chat/requestMessages";
import { systemPrompt } from "../../../src/core/prompts/systemPrompts";
import { estimateText } from "../../../src/core/tokens/estimateTokens";

function user(id: string, given: Partial<UserTurn> = {}): UserTurn {
  return { role: "user", id, task: "chat", text: `ask ${id}`, attachments: [], ...given };
}

function answer(id: string, questionId: string, given: Partial<AnswerTurn> = {}): AnswerTurn {
  return {
    role: "answer",
    id,
    questionId,
    task: "chat",
    model: "openai/gpt-oss-120b",
    text: `answer ${id}`,
    reasoning: `secret thought ${id}`,
    status: { kind: "complete", finishReason: "stop" },
    turnsLeftOut: 0,
    linesLeftOut: 0,
    ...given,
  };
}

const plenty = 100_000;

const room = (history: number): PromptRoom => ({ history, whole: plenty, mayCut: false });

describe("earlier turns in a chat message", () => {
  const check = (
    name: string,
    earlier: readonly Turn[],
    tokens: number,
    expected: { sent: readonly string[]; leftOut: number },
  ) =>
    it(name, () => {
      const { messages, history } = requestMessages(earlier, user("now"), room(tokens));
      expect(messages[0]).toEqual({ role: "system", content: systemPrompt("chat") });
      expect(messages.slice(1).map(({ role, content }) => `${role}: ${content}`)).toEqual(
        expected.sent,
      );
      expect(history.leftOut).toHaveLength(expected.leftOut);
    });

  check("none", [], plenty, { sent: ["user: ask now"], leftOut: 0 });
  check("go along in order, without reasoning", [user("1"), answer("2", "1")], plenty, {
    sent: ["user: ask 1", "assistant: answer 2", "user: ask now"],
    leftOut: 0,
  });
  check("empty answers do not", [user("1"), answer("2", "1", { text: "" })], plenty, {
    sent: ["user: ask 1", "user: ask now"],
    leftOut: 0,
  });
  check(
    "of several answers the newest does",
    [user("1"), answer("2", "1"), answer("3", "1")],
    plenty,
    {
      sent: ["user: ask 1", "assistant: answer 3", "user: ask now"],
      leftOut: 0,
    },
  );
  check(
    "the oldest stay behind when they do not fit",
    [user("1", { text: "x ".repeat(5000) }), answer("2", "1"), user("3"), answer("4", "3")],
    100,
    {
      sent: ["assistant: answer 2", "user: ask 3", "assistant: answer 4", "user: ask now"],
      leftOut: 1,
    },
  );
  check("all stay behind without room", [user("1"), answer("2", "1")], 0, {
    sent: ["user: ask now"],
    leftOut: 2,
  });
});

it.each(["explain", "edit"] as const)("%s stands for itself", (task) => {
  const earlier = [user("1"), answer("2", "1")];
  const { messages, history } = requestMessages(earlier, user("now", { task }), room(plenty));
  expect(messages).toEqual([
    { role: "system", content: systemPrompt(task) },
    { role: "user", content: "ask now" },
  ]);
  expect(history.leftOut).toHaveLength(0);
});

it("what was shown with an earlier question goes along with it", () => {
  const attachment = {
    kind: "selection" as const,
    uri: "file:///home/someone/secret-place/a.ts",
    path: "a.ts",
    languageId: "typescript",
    startLine: 1,
    endLine: 1,
    text: "let a = 1;",
  };
  const earlier = [user("1", { attachments: [attachment] })];
  const [, first] = requestMessages(earlier, user("now"), room(plenty)).messages;
  expect(first?.content).toContain("let a = 1;");
  expect(first?.content).not.toContain("secret-place");
});

describe("a question that leaves little room", () => {
  it("pushes earlier turns out, so that it goes itself", () => {
    const earlier = [user("1"), answer("2", "1")];
    const whole = 400;
    const { messages, history } = requestMessages(earlier, user("word ".repeat(150)), {
      history: plenty,
      whole,
      mayCut: false,
    });
    expect(messages).toHaveLength(2);
    expect(history.leftOut).toHaveLength(2);
  });

  const attachment = (lines: number) => ({
    kind: "selection" as const,
    uri: "file:///a.ts",
    path: "a.ts",
    languageId: "typescript",
    startLine: 11,
    endLine: 10 + lines,
    text: Array.from({ length: lines }, (_, index) => `const value${index} = ${index};`).join("\n"),
  });

  it("sends the first lines of attached code where the user has agreed to it", () => {
    const question = user("now", { task: "explain", attachments: [attachment(500)] });
    const cut = requestMessages([], question, { history: 0, whole: 1000, mayCut: true });
    const text = cut.messages.map(({ content }) => content).join("");
    expect(estimateText(text).upper).toBeLessThanOrEqual(1000);
    expect(text).toContain(`lines 11-${510 - cut.linesLeftOut}`);
    expect(cut.linesLeftOut).toBeGreaterThan(300);
    expect(text).toContain("const value40 = 40;");
  });

  it("is not cut unasked", () => {
    const question = user("now", { task: "explain", attachments: [attachment(500)] });
    const whole = requestMessages([], question, { history: 0, whole: 1000, mayCut: false });
    expect(whole.linesLeftOut).toBe(0);
    expect(whole.messages[1]?.content).toContain("const value499 = 499;");
  });
});
