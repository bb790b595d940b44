import { createChat } from "../../../src/core/chat/chat";
import type { Chat, ChatChange, Question } from "../../../src/core/chat/chat";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import type { ChatSettings } from "../../../src/core/chat/planAnswer";
import type { Result } from "../../../src/core/dispatch/failure";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model, RateLimits } from "../../../src/core/models/model";
import { ControlledDispatcher } from "../../fakes/controlledDispatcher";
import { FakeClock } from "../../fakes/fakeClock";
import { MemoryConversations } from "../../fakes/memoryConversations";

/** A chat on fakes, all of them at hand, and every change that it told. */
export interface ChatBench {
  readonly chat: Chat;
  readonly dispatcher: ControlledDispatcher;
  readonly conversations: MemoryConversations;
  readonly clock: FakeClock;
  readonly changes: ChatChange[];
  settings: ChatSettings;
  /** The limits of every model; undefined = the free plan's. */
  limits: RateLimits | undefined;
}

export function chatBench(conversations = new MemoryConversations()): ChatBench {
  const dispatcher = new ControlledDispatcher();
  const clock = new FakeClock();
  clock.sleepsPass = false;
  const changes: ChatChange[] = [];
  const given: Pick<ChatBench, "settings" | "limits"> = {
    settings: defaultSettings,
    limits: undefined,
  };
  const bench = { dispatcher, conversations, clock, changes, ...given };
  const chat = createChat({
    dispatcher,
    conversations,
    clock,
    newId: () => `id ${++lastId}`,
    workspace: () => "project",
    newAbort: () => new AbortController(),
    settings: () => bench.settings,
    limitsOf: (model) => bench.limits ?? model.free ?? {},
  });
  chat.onChange((change) => changes.push(change));
  return Object.assign(bench, { chat });
}

/** Unique over all benches, as real ids are. */
let lastId = 0;

function modelOf(id: string): Model {
  const model = findModel(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}

const defaultSettings: ChatSettings = {
  model: modelOf("openai/gpt-oss-120b"),
  fastModel: modelOf("openai/gpt-oss-20b"),
  maxOutputTokens: 4096,
  reasoningEffort: "medium",
  serviceTier: "on_demand",
  fallback: undefined,
};

export function question(text: string, task: Question["task"] = "chat"): Question {
  return { task, text, attachments: [] };
}

/** Asks, answers with `answer` and waits for the end. */
export async function exchange(bench: ChatBench, asked: string, answer: string): Promise<string> {
  const answered = bench.chat.ask(question(asked));
  bench.dispatcher
    .last()
    .emit({ kind: "sent", model: "openai/gpt-oss-120b", maxCompletionTokens: 2048 });
  bench.dispatcher.last().emit({ kind: "text", text: answer });
  bench.dispatcher.last().complete();
  return answerOf(await answered).id;
}

export function answerOf(result: Result<AnswerTurn>): AnswerTurn {
  if (!result.ok) throw new Error(`no answer: ${result.failure.kind}`);
  return result.value;
}
