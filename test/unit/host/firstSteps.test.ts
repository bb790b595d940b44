import { beforeEach, describe, expect, it } from "vitest";
import type { ReviewState } from "../../../src/host/editor/review";
import { tickOffKey, tickOffSteps } from "../../../src/host/firstSteps";
import { createSecrets } from "../../../src/host/secrets";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";
import { EventEmitter } from "../../fakes/vscode";
import { chatBench, exchange, question } from "../chat/chatBench";

beforeEach(() => fakeEditor.reset());

describe("the walkthrough", () => {
  it("ticks off a key that can be used, and takes that back", async () => {
    const secrets = createSecrets(new MemorySecrets(), {});
    await tickOffKey(secrets);
    await secrets.store({ apiKey: "gsk_a", baseUrl: "https://api.groq.com" });
    await tickOffKey(secrets);
    expect(fakeEditor.executed).toEqual([
      "setContext groqCoder.hasKey false",
      "setContext groqCoder.hasKey true",
    ]);
  });

  it("ticks off a whole answer and an accepted edit, each once, and nothing less", async () => {
    const bench = chatBench();
    const changed = new EventEmitter<string>();
    let state: ReviewState = { kind: "reviewing" };
    const following = tickOffSteps({
      chat: bench.chat,
      review: { onDidChange: changed.event, stateOf: () => state },
    });
    const failing = bench.chat.ask(question("hello"));
    bench.chat.stop();
    await failing;
    changed.fire("answer");
    expect(fakeEditor.executed).toEqual([]);

    await exchange(bench, "hello", "Good day.");
    await exchange(bench, "and again", "Good day again.");
    state = { kind: "accepted", changes: 1, of: 1 };
    changed.fire("answer");
    changed.fire("another");
    expect(fakeEditor.executed).toEqual([
      "setContext groqCoder.hasAnswer true",
      "setContext groqCoder.hasEdit true",
    ]);

    following.dispose();
    changed.fire("yet another");
    expect(fakeEditor.executed).toHaveLength(2);
  });
});
