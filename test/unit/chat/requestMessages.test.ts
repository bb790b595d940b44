import { describe, expect, it } from "vitest";
import type { AnswerTurn, Turn, UserTurn } from "../../../src/core/chat/conversation";
import { requestMessages } from "../../../src/core/chat/requestMessages";
import { systemPrompt } from "../../../src/core/prompts/systemPrompts";

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
    ...given,
  };
}

const plenty = 100_000;

describe("earlier turns in a chat message", () => {
  const check = (
    name: string,
    earlier: readonly Turn[],
    tokens: number,
    expected: { sent: readonly string[]; leftOut: number },
  ) =>
    it(name, () => {
      const { messages, turnsLeftOut } = requestMessages(earlier, user("now"), tokens);
      expect(messages[0]).toEqual({ role: "system", content: systemPrompt("chat") });
      expect(messages.slice(1).map(({ role, content }) => `${role}: ${content}`)).toEqual(
        expected.sent,
      );
      expect(turnsLeftOut).toBe(expected.leftOut);
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
  const { messages, turnsLeftOut } = requestMessages(earlier, user("now", { task }), plenty);
  expect(messages).toEqual([
    { role: "system", content: systemPrompt(task) },
    { role: "user", content: "ask now" },
  ]);
  expect(turnsLeftOut).toBe(0);
});

it("what was shown with an earlier question goes along with it", () => {
  const attachment = {
    uri: "file:///home/someone/secret-place/a.ts",
    path: "a.ts",
    languageId: "typescript",
    startLine: 1,
    endLine: 1,
    text: "let a = 1;",
  };
  const earlier = [user("1", { attachments: [attachment] })];
  const [, first] = requestMessages(earlier, user("now"), plenty).messages;
  expect(first?.content).toContain("let a = 1;");
  expect(first?.content).not.toContain("secret-place");
});
