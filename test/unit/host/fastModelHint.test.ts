import { beforeEach, describe, expect, it } from "vitest";
import type { ChatChange } from "../../../src/core/chat/chat";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import { createFastModelHint } from "../../../src/host/fastModelHint";
import { createSettings } from "../../../src/host/settings";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";

const documented: AnswerTurn = {
  role: "answer",
  id: "a1",
  questionId: "q1",
  task: "document",
  model: "openai/gpt-oss-120b",
  text: "",
  reasoning: "",
  status: { kind: "complete", finishReason: "stop" },
  settlement: {
    usage: { promptTokens: 1000, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 },
    cost: 150_000_000n,
    estimated: false,
    timeToFirstTokenMs: 1,
    durationMs: 2,
  },
  turnsLeftOut: 0,
  linesLeftOut: 0,
};

/** A window with a chat that only tells what the test lets it tell. */
class HintBench {
  readonly errors: unknown[] = [];
  readonly globalState: MemoryState;
  #listener: ((change: ChatChange) => void) | undefined;

  constructor(globalState = new MemoryState()) {
    this.globalState = globalState;
    createFastModelHint({
      chat: {
        onChange: (listener) => {
          this.#listener = listener;
          return () => undefined;
        },
      },
      settings: createSettings(() => undefined),
      workspaceState: new MemoryState(),
      globalState,
      onError: (error) => this.errors.push(error),
    });
  }

  async answer(turn: AnswerTurn = documented): Promise<void> {
    this.#listener?.({ kind: "turn", turn });
    await letPromisesRun();
  }
}

const hint =
  "openai/gpt-oss-120b answered a small request at 2 times the price of openai/gpt-oss-20b, your fast model. | Select Model | Don't Show Again";

beforeEach(() => fakeEditor.reset());

describe("the hint at the fast model", () => {
  it("is given once in a workspace", async () => {
    const bench = new HintBench();
    await bench.answer({ ...documented, status: { kind: "streaming" } });
    expect(fakeEditor.notified).toEqual([]);
    await bench.answer();
    await bench.answer();
    expect(fakeEditor.notified).toEqual([hint]);
    await new HintBench(bench.globalState).answer();
    expect(fakeEditor.notified).toEqual([hint, hint]);
    expect(bench.errors).toEqual([]);
  });

  it("is given no more, in any workspace, once it was silenced", async () => {
    const bench = new HintBench();
    fakeEditor.answer = () => "Don't Show Again";
    await bench.answer();
    await new HintBench(bench.globalState).answer();
    expect(fakeEditor.notified).toEqual([hint]);
  });

  it("opens the list of models", async () => {
    fakeEditor.answer = () => "Select Model";
    await new HintBench().answer();
    expect(fakeEditor.executed).toEqual(["groqCoder.selectModel"]);
  });
});
