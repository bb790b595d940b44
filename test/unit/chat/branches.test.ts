import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { branchTo, newestAfter, versionsIn } from "../../../src/core/chat/branches";
import type { Chat } from "../../../src/core/chat/chat";
import type { Turn, UserTurn } from "../../../src/core/chat/conversation";
import { decodeTurn, encodeTurn } from "../../../src/store/turnRow";
import { answerOf, chatBench, exchange } from "./chatBench";
import type { ChatBench } from "./chatBench";

/** What is shown, as words: questions, and answers in capitals. */
const shown = (chat: Chat) =>
  chat.shown().map(({ role, text }) => (role === "user" ? text : text.toUpperCase()));

function questionId(chat: Chat, text: string): string {
  const found = chat
    .conversation()
    .turns.find((turn) => turn.role === "user" && turn.text === text);
  if (found === undefined) throw new Error(`nobody asked ${text}`);
  return found.id;
}

async function resend(bench: ChatBench, asked: string, text: string): Promise<void> {
  const sent = bench.chat.resend(questionId(bench.chat, asked), text);
  bench.dispatcher.last().emit({ kind: "text", text: text.replace("?", "") });
  bench.dispatcher.last().complete();
  answerOf(await sent);
}

async function threeExchanges(): Promise<ChatBench> {
  const bench = chatBench();
  for (const word of ["one", "two", "three"]) await exchange(bench, `${word}?`, word);
  return bench;
}

describe("an edited question", () => {
  it("begins a branch of its own, and what was there stays", async () => {
    const bench = await threeExchanges();
    await resend(bench, "two?", "zwei?");
    expect(shown(bench.chat)).toEqual(["one?", "ONE", "zwei?", "ZWEI"]);
    expect(bench.chat.conversation().turns).toHaveLength(8);
    bench.chat.showVersion(questionId(bench.chat, "two?"));
    expect(shown(bench.chat)).toEqual(["one?", "ONE", "two?", "TWO", "three?", "THREE"]);
    bench.chat.showVersion(questionId(bench.chat, "zwei?"));
    expect(shown(bench.chat)).toEqual(["one?", "ONE", "zwei?", "ZWEI"]);
  });

  it("is asked with what stands before it, and nothing of the other branch", async () => {
    const bench = await threeExchanges();
    await resend(bench, "two?", "zwei?");
    const sent = () =>
      bench.dispatcher
        .last()
        .task.messages.slice(1)
        .map(({ content }) => content);
    expect(sent()).toEqual(["one?", "one", "zwei?"]);
    await exchange(bench, "drei?", "drei");
    expect(sent()).toEqual(["one?", "one", "zwei?", "zwei", "drei?"]);
  });

  it("can be the first one", async () => {
    const bench = await threeExchanges();
    await resend(bench, "one?", "eins?");
    expect(shown(bench.chat)).toEqual(["eins?", "EINS"]);
    const { turns } = bench.chat.conversation();
    expect(versionsIn(turns).get(questionId(bench.chat, "one?"))).toEqual([
      questionId(bench.chat, "one?"),
      questionId(bench.chat, "eins?"),
    ]);
  });

  it("a question in the older branch goes on there", async () => {
    const bench = await threeExchanges();
    await resend(bench, "two?", "zwei?");
    bench.chat.showVersion(questionId(bench.chat, "two?"));
    await exchange(bench, "four?", "four");
    expect(shown(bench.chat)).toEqual([
      "one?",
      "ONE",
      "two?",
      "TWO",
      "three?",
      "THREE",
      "four?",
      "FOUR",
    ]);
  });

  it("is in its place after a reload, too", async () => {
    const bench = await threeExchanges();
    await resend(bench, "two?", "zwei?");
    const { turns, ...conversation } = bench.chat.conversation();
    const other = chatBench();
    other.chat.open({
      ...conversation,
      turns: turns.map((turn) => decodeTurn(encodeTurn(turn))),
    });
    expect(shown(other.chat)).toEqual(["one?", "ONE", "zwei?", "ZWEI"]);
  });

  it.each(["", "  "])("is not sent as %j", async (text) => {
    const bench = await threeExchanges();
    const sent = await bench.chat.resend(questionId(bench.chat, "two?"), text);
    expect(sent.ok).toBe(false);
    expect(shown(bench.chat)).toHaveLength(6);
  });
});

it("whatever a file says of its branches, there is an end to them", () => {
  const ids = fc.constantFrom("a", "b", "c", "d", "", "nobody");
  const turn = fc.record({
    id: fc.constantFrom("a", "b", "c", "d"),
    after: fc.option(ids, { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(turn, { selector: ({ id }) => id }), ids, (given, id) => {
      const turns: Turn[] = given.map(({ id: own, after }) => {
        const question: UserTurn = {
          role: "user",
          id: own,
          task: "chat",
          text: "",
          attachments: [],
        };
        return after === undefined ? question : { ...question, after };
      });
      branchTo(turns, id);
      newestAfter(turns, id);
      expect(turns.length === 0 || branchTo(turns).length > 0).toBe(true);
    }),
  );
});
