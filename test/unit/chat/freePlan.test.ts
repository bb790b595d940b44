import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createChat } from "../../../src/core/chat/chat";
import type { Chat } from "../../../src/core/chat/chat";
import type { ChatSettings } from "../../../src/core/chat/planAnswer";
import type { FileItem } from "../../../src/core/context/contextItem";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import type { Dispatcher, DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import { succeed } from "../../../src/core/dispatch/failure";
import { findModel } from "../../../src/core/models/catalogue";
import { planLimits } from "../../../src/core/models/planLimits";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { seededChance } from "../../bench/gate/workload";
import { CountingTokens } from "../../fakes/countingTokens";
import { FakeClock } from "../../fakes/fakeClock";
import { FixedChance } from "../../fakes/fixedChance";
import { FixedKey } from "../../fakes/fixedKey";
import { MemoryConversations } from "../../fakes/memoryConversations";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { MemoryLimitStore } from "../../fakes/memoryLimitStore";
import { createSharedLimiter } from "../../../src/core/limits/sharedLimiter";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import { defaultSwitches, switchSettings } from "../../groqServer/switches";
import type { Switches } from "../../groqServer/switches";

/** A sleep of the client takes the server's clock along. */
class SharedTime extends FakeClock {
  server: GroqServer | undefined;

  override async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await this.server?.clock.advance(ms);
    await super.sleep(ms, signal);
  }

  async pass(ms: number): Promise<void> {
    await this.server?.clock.advance(ms);
    this.advance(ms);
  }
}

const turns = 20;
const files = ["src/core/limits/bucket.ts", "src/core/limits/learn.ts", "src/core/chat/chat.ts"];
const words = "the limit refills all the time and a request takes its prompt and its cap at once ";

let server: GroqServer | undefined;
afterEach(() => server?.close());

describe("from hello to twenty turns with files on 8,000 tokens a minute, without one refusal", () => {
  it.each(switchSettings())("$name: $value", async ({ name, value }) => {
    const switches: Partial<Switches> = { ...defaultSwitches, [name]: value };
    server = await startGroqServer({ clock: "stepped", plan: "free", switches });
    const clock = new SharedTime(server.clock.now());
    clock.server = server;
    const waits: Wait[] = [];
    const chat = openChat(server, clock, waits);
    const chance = seededChance(11);
    for (let turn = 0; turn < turns; turn++) {
      const length = Math.floor(40 + 900 * chance() ** 2);
      server.queueAnswer({
        reasoning: "Let me see. ".repeat(5),
        content: words.repeat(length / 16),
      });
      const attachments = turn % 3 === 1 ? [file(files[turn % files.length] ?? "")] : [];
      const text =
        turn === 0 ? "hello" : `Question ${turn}: why is it so, and what would you change?`;
      const answered = await chat.ask({ task: "chat", text, attachments });
      if (!answered.ok) throw new Error(answered.failure.kind);
      expect(answered.value.status).toMatchObject({ kind: "complete" });
      await clock.pass(1000 + 4000 * chance());
    }
    await expect
      .poll(() => server?.requests.every(({ outcome }) => outcome !== undefined))
      .toBe(true);
    expect(server.requests.map(({ outcome }) => outcome?.status)).toEqual(
      Array.from({ length: turns }, () => 200),
    );
    expect(waits.length).toBeGreaterThan(2);
    for (const { announcedMs, sentMs } of waits)
      expect(Math.abs(sentMs - announcedMs)).toBeLessThanOrEqual(1000);
  });
});

/** When a waiting request was said to go, and when it went. */
interface Wait {
  readonly announcedMs: number;
  readonly sentMs: number;
}

function openChat(running: GroqServer, clock: FakeClock, waits: Wait[]): Chat {
  let ids = 0;
  const newId = () => `id ${++ids}`;
  // The moment of a save must not take the server's time along.
  const still = new FakeClock(clock.now());
  still.sleepsPass = false;
  return createChat({
    dispatcher: watched(gateTo(running, clock, newId), clock, waits),
    conversations: new MemoryConversations(),
    clock: still,
    newId,
    newAbort: () => new AbortController(),
    workspace: () => "",
    settings: () => settings,
    limitsOf: (model) => planLimits(model, "auto"),
  });
}

function gateTo(running: GroqServer, clock: FakeClock, newId: () => string): Dispatcher {
  const chatModel = createGroqChatModel(new FixedKey(running.origin), "groq-coder/test");
  const store = new MemoryLimitStore();
  const limiter = createSharedLimiter({
    key: { account: "a1", model: settings.model.id },
    store,
    moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
    limits: (told) => planLimits(settings.model, "auto", told),
    ownLimits: () => ({}),
    onStoreChange: store.onChange,
  });
  return createDispatcher({
    chatModelFor: () => chatModel,
    clock,
    ledger: new MemoryLedger(),
    tokens: new CountingTokens(),
    caps: () => ({}),
    chance: new FixedChance(),
    limiterFor: () => limiter,
    accountFor: () => Promise.resolve(succeed("a1")),
    workspace: () => "",
    noteOrganization: () => Promise.resolve(),
    holdUps: { note: () => Promise.resolve(succeed(undefined)) },
    offers: () => ({ models: [] }),
    newId,
  });
}

function watched(dispatcher: Dispatcher, clock: FakeClock, waits: Wait[]): Dispatcher {
  return {
    forecast: (task) => dispatcher.forecast(task),
    async *dispatch(task, signal): AsyncGenerator<DispatchEvent> {
      let announcedMs: number | undefined;
      for await (const event of dispatcher.dispatch(task, signal)) {
        if (event.kind === "waiting") announcedMs = event.untilMs;
        if (event.kind === "sent" && announcedMs !== undefined)
          waits.push({ announcedMs, sentMs: clock.now() });
        yield event;
      }
    },
  };
}

function file(path: string): FileItem {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, 120);
  return {
    kind: "file",
    uri: `file:///${path}`,
    path,
    languageId: "typescript",
    startLine: 1,
    endLine: lines.length,
    text: lines.join("\n"),
  };
}

const settings = chatSettings();

function chatSettings(): ChatSettings {
  const model = findModel("openai/gpt-oss-120b");
  if (model === undefined) throw new Error("the default model is gone");
  return {
    model,
    fastModel: model,
    maxOutputTokens: 4096,
    reasoningEffort: "medium",
    serviceTier: "on_demand",
    fallback: undefined,
  };
}
