import { expect, it } from "vitest";
import type { AnswerView, ChatStatus } from "../../../src/protocol/chatMessages";
import { initialState, reduce } from "../../../webview/chatState";
import type { StateMessage } from "../../../webview/chatState";

const answer: AnswerView = {
  role: "answer",
  id: "a",
  text: "one ",
  reasoning: "",
  underWay: true,
  status: "",
  receipt: "",
  notes: [],
};
const status: ChatStatus = { busy: true, sessionCost: "", disclosure: "" };
const conversation = (text: string): StateMessage => ({
  type: "conversation",
  conversationId: "c",
  turns: [{ ...answer, text }],
  status,
});
const append = (offset: number, text: string): StateMessage => ({
  type: "append",
  turnId: "a",
  field: "text",
  offset,
  text,
});

function after(...messages: StateMessage[]) {
  const state = messages.reduce(reduce, initialState);
  const [turn] = state.turns;
  return { text: turn?.text, behind: state.behind };
}

it("puts text at its offset", () => {
  expect(after(conversation("one "), append(4, "two "), append(8, "three"))).toEqual({
    text: "one two three",
    behind: false,
  });
});

it("takes what a snapshot already brought once", () => {
  expect(after(conversation("one two "), append(4, "two "))).toEqual({
    text: "one two ",
    behind: false,
  });
});

it("does not glue text over a gap, but asks for the whole again", () => {
  const gap = [conversation("one "), append(8, "three")];
  expect(after(...gap)).toEqual({ text: "one ", behind: true });
  expect(after(...gap, conversation("one two three"))).toEqual({
    text: "one two three",
    behind: false,
  });
});

it("ignores text for a turn that is not shown", () => {
  expect(after(append(0, "lost")).text).toBeUndefined();
});
