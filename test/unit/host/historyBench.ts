import { createLog } from "../../../src/host/log";
import { createSecrets } from "../../../src/host/secrets";
import { decodeTurn, encodeTurn } from "../../../src/store/turnRow";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import type { FakeQuickPick } from "../../fakes/fakeQuickPick";
import { MemoryConversationList } from "../../fakes/memoryConversationList";
import { MemorySecrets } from "../../fakes/memorySecrets";
import { chatBench, exchange } from "../chat/chatBench";

/** What the commands on conversations need: a chat on fakes, and what it has kept. */
export class HistoryBench {
  readonly bench = chatBench();
  readonly chat = this.bench.chat;
  readonly clock = this.bench.clock;
  readonly conversations = this.bench.conversations;
  readonly conversationList = new MemoryConversationList(this.conversations);
  readonly log = createLog();
  readonly secrets = createSecrets(new MemorySecrets(), { GROQ_API_KEY: "own secret key" });
  readonly codec = { encode: encodeTurn, decode: decodeTurn };
  shown = 0;
  readonly places = {
    show: () => {
      this.shown++;
      return Promise.resolve();
    },
  };
  #ids = 0;
  readonly newId = () => `new ${++this.#ids}`;

  /** A conversation of its own, which stays open; its id. */
  async converse(question: string, answer: string): Promise<string> {
    this.chat.startNew();
    await exchange(this.bench, question, answer);
    return this.chat.conversation().id;
  }
}

/** The list that was opened last, drawn. */
export async function openedList(): Promise<FakeQuickPick> {
  await letPromisesRun();
  const picker = fakeEditor.quickPicks.at(-1);
  if (picker === undefined) throw new Error("no list was shown");
  return picker;
}
