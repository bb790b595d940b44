import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreClient } from "../../../src/store/storeClient";
import type { AnswerTurn, Conversation, Turn } from "../../../src/core/chat/conversation";
import type { Result } from "../../../src/core/dispatch/failure";
import { bundleProgram } from "../../fakes/bundledProgram";
import { openStore } from "../../fakes/openedStore";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { printMeasures } from "../harness/goalTable";

const conversations = 2000;
const turnsEach = 20;
const repetitions = 30;

/** Prints what the list and the search cost with 2,000 conversations of 20 turns, through the store's thread. */
export async function run(): Promise<void> {
  using folder = new TemporaryFolder();
  const path = folder.file("groqCoder.db");
  const worker = folder.file("storeWorker.mjs");
  await bundleProgram("src/store/worker.ts", worker);
  const filled = openStore(path);
  for (let number = 0; number < conversations; number++)
    filled.addConversation(conversation(number));
  filled.close();
  const store = createStoreClient(worker, path);
  const search = (query: string) => repeat(() => store.conversationList.list(query, 200));
  const measures = [
    { title: "the list", unit: "ms", goal: 50, samples: await search("") },
    {
      title: "making 40,000 turns ready",
      unit: "ms",
      samples: [await timed(() => store.data.tidy(0))],
    },
    { title: "save of a growing answer", unit: "ms", goal: 2, samples: await saveGrowing(store) },
    { title: "a rare word", unit: "ms", goal: 100, samples: await search("needle77") },
    { title: "a beginning", unit: "ms", goal: 100, samples: await search("need") },
    { title: "three words", unit: "ms", goal: 100, samples: await search("the word123 need") },
    { title: "a word of every turn", unit: "ms", goal: 100, samples: await search("the") },
    { title: "a letter", unit: "ms", goal: 100, samples: await search("w") },
  ];
  await store.close();
  printMeasures(measures);
}

function conversation(number: number): Conversation {
  const turns = Array.from({ length: turnsEach }, (_value, place): Turn => {
    const id = `t ${number} ${place}`;
    const common = { id, task: "chat", text: words(number * turnsEach + place) } as const;
    if (place % 2 === 0) return { role: "user", ...common, attachments: [] };
    return answer({ ...common, questionId: `t ${number} ${place - 1}` });
  });
  return { id: `c${number}`, createdAt: number, workspace: "project", turns };
}

function answer(given: Partial<AnswerTurn>): AnswerTurn {
  return {
    role: "answer",
    id: "growing",
    questionId: "t 0 0",
    task: "chat",
    model: "m",
    text: "",
    reasoning: "",
    status: { kind: "complete", finishReason: "stop" },
    turnsLeftOut: 0,
    linesLeftOut: 0,
    ...given,
  };
}

/** A kilobyte or so, with one word that few others have. */
function words(seed: number): string {
  const drawn = Array.from(
    { length: 150 },
    (_value, place) => `word${(seed * 31 + place * 7) % 5000}`,
  );
  return `the ${drawn.join(" ")} needle${seed % 400}`;
}

async function saveGrowing(store: StoreClient): Promise<number[]> {
  let text = "";
  return repeat(() => {
    text += words(text.length).repeat(2);
    const turn = answer({ text, status: { kind: "streaming" } });
    return store.conversations.saveTurn("c0", turnsEach, turn);
  });
}

async function repeat(act: () => Promise<Result<unknown>>): Promise<number[]> {
  const samples: number[] = [];
  for (let count = 0; count < repetitions; count++) samples.push(await timed(act));
  return samples;
}

async function timed(act: () => Promise<Result<unknown>>): Promise<number> {
  const began = performance.now();
  const result = await act();
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return performance.now() - began;
}
