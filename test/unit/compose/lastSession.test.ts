import { beforeEach, expect, it } from "vitest";
import { createRestore, lastConversationId } from "../../../src/compose/lastSession";
import { FakeBoard } from "../../fakes/fakeBoard";
import { MemoryConversations } from "../../fakes/memoryConversations";
import { MemoryState } from "../../fakes/memoryState";
import { chatBench, exchange } from "../chat/chatBench";

/** What a window remembers, as long as the store can be read. */
class KeptMemory extends MemoryState {
  readonly window = "w";
  isReadable = true;

  restore(): Promise<boolean> {
    return Promise.resolve(this.isReadable);
  }
}

let state: KeptMemory;
let conversations: MemoryConversations;
beforeEach(() => {
  state = new KeptMemory();
  conversations = new MemoryConversations();
});

/** The window of the next session. */
function open() {
  const bench = chatBench(conversations);
  const board = new FakeBoard();
  const restore = createRestore({ state, chat: bench.chat, board, conversations });
  return { bench, board, restore };
}

const shownTexts = ({ bench }: ReturnType<typeof open>) =>
  bench.chat.shown().map(({ text }) => text);

it("the conversation is there again, and the chips", async () => {
  const first = open();
  await first.restore();
  await exchange(first.bench, "one", "first");
  const next = open();
  expect(lastConversationId(state)).toBe(first.bench.chat.conversation().id);
  await next.restore();
  expect(shownTexts(next)).toEqual(["one", "first"]);
  expect(next.board.asked).toEqual(["restore"]);
});

it("so is the branch that was shown", async () => {
  const first = open();
  await first.restore();
  await exchange(first.bench, "one", "first");
  const [question] = first.bench.chat.conversation().turns;
  const asked = first.bench.chat.resend(question?.id ?? "", "two");
  first.bench.dispatcher.last().emit({ kind: "text", text: "second" });
  first.bench.dispatcher.last().complete();
  await asked;
  const onNewest = open();
  await onNewest.restore();
  expect(shownTexts(onNewest)).toEqual(["two", "second"]);
  onNewest.bench.chat.showVersion(question?.id ?? "");
  const onFirst = open();
  await onFirst.restore();
  expect(shownTexts(onFirst)).toEqual(["one", "first"]);
});

it("is tried again where the store could not be read, and done once", async () => {
  const first = open();
  await first.restore();
  await exchange(first.bench, "one", "first");
  const next = open();
  state.isReadable = false;
  await next.restore();
  expect(shownTexts(next)).toEqual([]);
  expect(lastConversationId(state)).toBe(first.bench.chat.conversation().id);
  state.isReadable = true;
  await Promise.all([next.restore(), next.restore()]);
  expect(shownTexts(next)).toEqual(["one", "first"]);
  expect(next.board.asked).toEqual(["restore"]);
});

it("takes nothing away that was begun meanwhile", async () => {
  const first = open();
  await first.restore();
  await exchange(first.bench, "one", "first");
  const next = open();
  state.isReadable = false;
  await next.restore();
  await exchange(next.bench, "meanwhile", "yes");
  state.isReadable = true;
  await next.restore();
  expect(shownTexts(next)).toEqual(["meanwhile", "yes"]);
  expect(lastConversationId(state)).toBe(next.bench.chat.conversation().id);
});
