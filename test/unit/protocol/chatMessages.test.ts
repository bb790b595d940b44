import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeChatViewMessage, decodeHostMessage } from "../../../src/protocol/chatMessages";
import type { ChatViewMessage, HostMessage } from "../../../src/protocol/chatMessages";

const messagesOfTheView: { readonly [Type in ChatViewMessage["type"]]: ChatViewMessage } = {
  ready: { type: "ready" },
  send: { type: "send", text: "hello" },
  stop: { type: "stop" },
  newChat: { type: "newChat" },
  retry: { type: "retry", turnId: "1" },
  retryWith: { type: "retryWith", turnId: "1" },
  continue: { type: "continue", turnId: "1" },
  resend: { type: "resend", turnId: "1", text: "again" },
  showVersion: { type: "showVersion", turnId: "1" },
  action: { type: "action", turnId: "1", actionId: "retry" },
  review: { type: "review", turnId: "1" },
  accept: { type: "accept", turnId: "1" },
  reject: { type: "reject", turnId: "1" },
  openLink: { type: "openLink", url: "https://example.com" },
  findFiles: { type: "findFiles", references: ["src/a.ts:3"] },
  openFile: { type: "openFile", reference: "src/a.ts:3" },
  draft: { type: "draft", text: "hel" },
  removeContext: { type: "removeContext", id: "c1" },
  automatic: { type: "automatic", on: false },
  mentions: { type: "mentions", query: "src" },
  attach: { type: "attach", path: "src/a.ts" },
  instructions: { type: "instructions", on: true },
  attachFile: { type: "attachFile", name: "a.png", mediaType: "image/png", data: "iVBORw0KGgo=" },
  drop: { type: "drop", uris: ["file:///a.ts"] },
  addContext: { type: "addContext", name: "problems" },
  choose: { type: "choose", what: "model", value: "openai/gpt-oss-20b" },
  unqueue: { type: "unqueue" },
  summarise: { type: "summarise" },
  removeSummary: { type: "removeSummary", turnId: "1" },
  code: { type: "code", action: "apply", turnId: "1", block: 0 },
};

const status = { busy: false, sessionCost: "$0.00", disclosure: "" };
const failure = { title: "t", detail: "d", actions: [{ id: "retry", label: "Retry" }] };
const answer = {
  role: "answer" as const,
  id: "2",
  text: "Hi",
  reasoning: "",
  underWay: false,
  status: "",
  receipt: "",
  notes: ["left out"],
  failure,
  proposal: { state: "open" as const, summary: "An edit." },
};
const messagesOfTheHost: readonly HostMessage[] = [
  {
    type: "conversation",
    conversationId: "c",
    turns: [{ role: "user", id: "1", text: "hello", attachments: ["a.ts:1-2"] }, answer],
    status: { ...status, setup: failure },
  },
  { type: "turn", turn: answer },
  { type: "append", turnId: "2", field: "text", offset: 2, text: " there" },
  { type: "status", status },
  { type: "announce", text: "Answering" },
  { type: "keptDraft", text: "hel", window: "w" },
  { type: "fillDraft", text: "/" },
  { type: "draftTaken", text: "hello" },
  { type: "focus" },
  { type: "foundFiles", references: ["src/a.ts:3"] },
];

describe("what is a message passes unchanged", () => {
  it.each(Object.values(messagesOfTheView))("$type to the host", (message) => {
    expect(decodeChatViewMessage(message)).toEqual(message);
  });
  it.each(messagesOfTheHost)("$type to the view", (message) => {
    expect(decodeHostMessage(message)).toEqual(message);
  });
});

describe("what is none is dropped", () => {
  const hostile: readonly unknown[] = [
    undefined,
    null,
    7,
    "ready",
    [],
    {},
    { type: "eval", code: "1" },
    { type: ["ready"] },
    { type: "__proto__" },
    { type: "toString" },
    { type: "send" },
    { type: "send", text: 7 },
    { type: "send", text: { toString: "x" } },
    { type: "send", text: ["a"] },
    { type: "send", text: "x".repeat(4_000_001) },
    { type: "retry" },
    { type: "retry", turnId: "" },
    { type: "retry", turnId: "x".repeat(65) },
    { type: "accept", turnId: 7 },
    { type: "accept", turnId: null },
    { type: "accept", turnId: { id: "1" } },
    { type: "action", actionId: "x".repeat(2001) },
    { type: "openLink", url: `https://${"x".repeat(2000)}` },
    { type: "append", turnId: "1", field: "text", offset: -1, text: "" },
    { type: "append", turnId: "1", field: "text", offset: 0.5, text: "" },
    { type: "append", turnId: "1", field: "constructor", offset: 0, text: "" },
    { type: "turn", turn: { ...answer, role: "system" } },
    { type: "turn", turn: { ...answer, text: undefined } },
    { type: "turn", turn: { ...answer, proposal: { state: "applied", summary: "" } } },
    { type: "conversation", conversationId: "c", turns: [null], status },
    { type: "conversation", conversationId: "c", turns: {}, status },
    { type: "status", status: { ...status, busy: "yes" } },
  ];
  it.each(hostile)("%j", (message) => {
    expect(decodeChatViewMessage(message)).toBeUndefined();
    expect(decodeHostMessage(message)).toBeUndefined();
  });

  it("each direction knows its own messages only", () => {
    for (const message of messagesOfTheHost) expect(decodeChatViewMessage(message)).toBeUndefined();
    for (const message of Object.values(messagesOfTheView))
      expect(decodeHostMessage(message)).toBeUndefined();
  });
});

describe("nothing rides along", () => {
  it("fields that no message has are cut off", () => {
    const message = {
      type: "accept",
      turnId: "1",
      path: "/etc/passwd",
      content: "x",
      __proto__: 1,
    };
    expect(Object.keys(decodeChatViewMessage(message) ?? {})).toEqual(["type", "turnId"]);
  });

  it("a prototype is not polluted", () => {
    const message: unknown = JSON.parse(
      '{"type":"send","text":"a","__proto__":{"polluted":true},"constructor":{"polluted":true}}',
    );
    decodeChatViewMessage(message);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

it("no value at all crashes the check", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (message) => {
      decodeChatViewMessage(message);
      decodeHostMessage(message);
    }),
  );
});
