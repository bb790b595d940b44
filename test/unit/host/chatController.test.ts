import { createModelBook } from "../../../src/core/models/modelBook";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Webview } from "vscode";
import { succeed } from "../../../src/core/dispatch/failure";
import { createChatController } from "../../../src/host/chatView/chatController";
import type { ChatController } from "../../../src/host/chatView/chatController";
import type { HostMessage } from "../../../src/protocol/chatMessages";
import { decodeHostMessage } from "../../../src/protocol/chatMessages";
import type { ComposerView } from "../../../src/protocol/composerMessages";
import { initialState, reduce } from "../../../webview/chatState";
import type { ChatState } from "../../../webview/chatState";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { EventEmitter } from "../../fakes/vscode";
import { chatBench, exchange, question } from "../chat/chatBench";
import type { ChatBench } from "../chat/chatBench";

/** A webview as far as messages go, drawing what it is told as the page does. */
class FakeWebview {
  readonly heard: HostMessage[] = [];
  readonly #sent = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.#sent.event;

  postMessage(message: unknown): Promise<boolean> {
    const decoded = decodeHostMessage(structuredClone(message));
    if (decoded === undefined) throw new Error(`no message: ${JSON.stringify(message)}`);
    this.heard.push(decoded);
    return Promise.resolve(true);
  }

  say(message: unknown): void {
    this.#sent.fire(message);
  }

  state(): ChatState {
    return this.heard
      .filter((message) => message.type !== "foundFiles")
      .reduce(reduce, initialState);
  }
}

/** How long the key takes to be read, in turns of the microtasks. */
let keyDelay = 0;

function controllerOf(bench: ChatBench): ChatController {
  const log = { info: () => undefined, warn: () => undefined, error: fail };
  return createChatController({
    chat: bench.chat,
    review: {
      onDidChange: new EventEmitter<string>().event,
      stateOf: () => undefined,
      changes: () => [],
      open: unused,
      openPart: unused,
      openAgain: unused,
      accept: unused,
      reject: unused,
      dispose: () => undefined,
    },
    editor: () => undefined,
    ledger: new MemoryLedger(),
    keys: {
      onDidChange: new EventEmitter<unknown>().event,
      async credentials() {
        for (let turn = 0; turn < keyDelay; turn++) await Promise.resolve();
        return succeed({ apiKey: "gsk_a", baseUrl: "https://api.groq.com", account: "a" });
      },
      baseUrl: () => succeed("https://api.groq.com"),
      store: unused,
      clear: unused,
      confirmOrigin: unused,
      clearAll: unused,
      fallback: {
        credentials: unused,
        baseUrl: () => succeed("https://second.example/v1"),
        store: unused,
        clear: unused,
        confirmOrigin: unused,
      },
    },
    settings: () => ({
      ...bench.settings,
      plan: "free",
      book: createModelBook(undefined, new Map()),
    }),
    clock: bench.clock,
    log,
    reporter: { report: async (act) => act(), act: unused },
    composer: () => ({
      view: () => emptyComposer,
      open: (_last, reply) => reply({ type: "composer", composer: emptyComposer }),
      handle: unused,
      refresh: () => Promise.resolve(),
      async send(text) {
        await bench.chat.ask(question(text));
      },
      sendNow: unused,
      dispose: () => undefined,
    }),
    restored: () => Promise.resolve(),
  });
}

const emptyComposer: ComposerView = {
  chips: [],
  automatic: { on: true, hint: "" },
  next: "",
  nextDetail: "",
  heldUp: false,
  queued: "",
  model: "m",
  models: [],
  effort: "",
  efforts: [],
  length: "normal",
  lengths: [],
  commands: [],
  contexts: [],
  history: {},
};

function fail(message: string): never {
  throw new Error(message);
}

function unused(): Promise<never> {
  return Promise.reject(new Error("not part of this test"));
}

function attach(controller: ChatController): FakeWebview {
  const webview = new FakeWebview();
  webview.onDidReceiveMessage((message) =>
    controller.surfaces.receive(webview as unknown as Webview, message),
  );
  return webview;
}

beforeEach(() => {
  fakeEditor.reset();
  keyDelay = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** Texts of the turns as the webview has them, and as they are. */
function compare(webview: FakeWebview, bench: ChatBench): void {
  const shown = webview.state().turns.map(({ id, text }) => ({ id, text }));
  expect(shown).toEqual(bench.chat.conversation().turns.map(({ id, text }) => ({ id, text })));
}

describe("a webview", () => {
  it("that is opened for a message has the focus as soon as it is ready, once", async () => {
    const controller = controllerOf(chatBench());
    controller.focus();
    const webview = attach(controller);
    webview.say({ type: "ready" });
    await vi.runAllTimersAsync();
    const focused = () => webview.heard.filter(({ type }) => type === "focus").length;
    expect(focused()).toBe(1);
    webview.say({ type: "ready" });
    await vi.runAllTimersAsync();
    expect(focused()).toBe(1);
    controller.focus();
    expect(focused()).toBe(2);
  });

  it("hears nothing before it is ready", async () => {
    const bench = chatBench();
    const webview = attach(controllerOf(bench));
    await exchange(bench, "one", "first");
    await vi.runAllTimersAsync();
    expect(webview.heard).toEqual([]);
    webview.say({ type: "ready" });
    await vi.runAllTimersAsync();
    compare(webview, bench);
  });

  it("what it says is checked; what is no message does nothing", async () => {
    const bench = chatBench();
    const webview = attach(controllerOf(bench));
    webview.say({ type: "ready" });
    for (const message of [
      { type: "send", text: 7 },
      { type: "send" },
      { type: "accept", turnId: { path: "/etc/passwd" } },
      { type: "run", command: "rm" },
      null,
      "send",
    ])
      webview.say(message);
    await vi.runAllTimersAsync();
    expect(bench.dispatcher.runs).toEqual([]);
    expect(bench.chat.conversation().turns).toEqual([]);
  });

  it("sends what was typed", async () => {
    const bench = chatBench();
    const webview = attach(controllerOf(bench));
    webview.say({ type: "ready" });
    webview.say({ type: "send", text: "hello" });
    await vi.runAllTimersAsync();
    expect(bench.dispatcher.last().task.messages.at(-1)?.content).toBe("hello");
    compare(webview, bench);
  });

  it("gets the focus with an edited question that is asked, not with one that is refused", async () => {
    const bench = chatBench();
    const webview = attach(controllerOf(bench));
    webview.say({ type: "ready" });
    await exchange(bench, "one", "first");
    const [asked] = bench.chat.conversation().turns;
    const resent = { type: "resend", turnId: asked?.id, text: "two" };
    webview.say(resent);
    await vi.runAllTimersAsync();
    expect(bench.dispatcher.runs).toHaveLength(2);
    webview.say(resent);
    await vi.runAllTimersAsync();
    expect(bench.dispatcher.runs).toHaveLength(2);
    expect(webview.heard.filter(({ type }) => type === "focus")).toHaveLength(1);
  });

  it("loses nothing when it is loaded again in mid-answer while the key is slow to read", async () => {
    const bench = chatBench();
    const controller = controllerOf(bench);
    void bench.chat.ask(question("hello"));
    const run = bench.dispatcher.last();
    run.emit(
      { kind: "sent", model: "openai/gpt-oss-120b", maxCompletionTokens: 2048 },
      { kind: "text", text: "before " },
    );
    await letPromisesRun();

    keyDelay = 40;
    const webview = attach(controller);
    webview.say({ type: "ready" });
    await Promise.resolve();
    run.emit({ kind: "text", text: "meanwhile " });
    await vi.advanceTimersByTimeAsync(100);
    run.emit({ kind: "text", text: "after" });
    await vi.advanceTimersByTimeAsync(100);
    await letPromisesRun();
    compare(webview, bench);
    expect(webview.state().turns.at(-1)?.text).toBe("before meanwhile after");
  });
});

it("a countdown ends when the conversation of the answer that waits is left", async () => {
  const bench = chatBench();
  controllerOf(bench);
  void bench.chat.ask(question("hello"));
  const untilMs = bench.clock.now() + 60_000;
  bench.dispatcher.last().emit({ kind: "waiting", untilMs, dimension: "tpm" });
  await letPromisesRun();
  expect(vi.getTimerCount()).toBe(1);
  bench.chat.startNew();
  await letPromisesRun();
  expect(vi.getTimerCount()).toBe(0);
});

describe("whatever happens in whatever order", () => {
  type Act =
    | { readonly kind: "text" | "reasoning"; readonly text: string }
    | { readonly kind: "pass"; readonly ms: number }
    | { readonly kind: "step" | "load" | "end" | "newChat" | "ask" };
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 });
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("text" as const), text }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("reasoning" as const), text }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(60) }) },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Act>(
        { kind: "step" },
        { kind: "load" },
        { kind: "end" },
        { kind: "newChat" },
        { kind: "ask" },
      ),
    },
  );

  it("every webview ends up with the conversation as it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.nat(12), async (acts, delay) => {
        keyDelay = delay;
        const bench = chatBench();
        const controller = controllerOf(bench);
        const webviews = [attach(controller)];
        webviews[0]?.say({ type: "ready" });
        for (const each of acts) {
          const run = bench.dispatcher.runs.at(-1);
          if (each.kind === "ask") void bench.chat.ask(question("go"));
          else if (each.kind === "newChat") bench.chat.startNew();
          else if (each.kind === "text" || each.kind === "reasoning") run?.emit(each);
          else if (each.kind === "end") run?.complete();
          else if (each.kind === "pass") await vi.advanceTimersByTimeAsync(each.ms);
          else if (each.kind === "step") await Promise.resolve();
          else {
            const webview = attach(controller);
            webview.say({ type: "ready" });
            webviews.push(webview);
          }
        }
        await letPromisesRun();
        await vi.advanceTimersByTimeAsync(500);
        await letPromisesRun();
        for (const webview of webviews) compare(webview, bench);
        bench.chat.stop();
        await bench.chat.idle();
      }),
      { numRuns: 500 },
    );
  });
});
