import type { CodeExcerpt } from "../context/codeExcerpt";
import type { ReasoningEffort } from "../dispatch/chatModel";
import type { Clock } from "../dispatch/clock";
import type { Dispatcher } from "../dispatch/dispatcher";
import { fail, succeed } from "../dispatch/failure";
import type { Result } from "../dispatch/failure";
import type { TaskKind } from "../dispatch/ledger";
import type { DispatchTask } from "../dispatch/task";
import type { Model, RateLimits } from "../models/model";
import { advance, asInterrupted, startedAnswer } from "./answer";
import { isUnderWay } from "./conversation";
import type { AnswerTurn, Conversation, Turn, UserTurn } from "./conversation";
import type { Conversations } from "./conversations";
import { historyTokens, outputFloor, outputNeed } from "./outputNeed";
import { requestMessages } from "./requestMessages";
import { createThread } from "./thread";
import type { Thread, ThreadChange } from "./thread";

/** What the user asks, by typing or by a command on code. */
export interface Question {
  readonly task: TaskKind;
  readonly text: string;
  readonly attachments: readonly CodeExcerpt[];
  readonly focus?: { readonly startLine: number; readonly endLine: number };
}

export interface ChatSettings {
  readonly model: Model;
  /** Explains. */
  readonly fastModel: Model;
  readonly maxOutputTokens: number;
  readonly reasoningEffort: ReasoningEffort;
}

export type ChatChange =
  /** Another conversation, or the same one loaded anew. */
  | { readonly kind: "conversation" }
  /** A request began or ended: `isBusy` tells which. */
  | { readonly kind: "busy" }
  | ThreadChange;

/** The conversation of a window: one question at a time, everything kept as it comes in. */
export interface Chat {
  conversation(): Conversation;
  isBusy(): boolean;
  /** Resolves when the answer has ended; a failed answer is a value too, with what came before it failed. */
  ask(question: Question): Promise<Result<AnswerTurn>>;
  /** Answers the question of this answer once more. */
  retry(answerId: string): Promise<Result<AnswerTurn>>;
  stop(): void;
  /** Resolves when no request is under way and everything is saved. */
  idle(): Promise<void>;
  startNew(): void;
  /** Shows a stored conversation; an answer that was under way is marked as interrupted. */
  open(conversation: Conversation): void;
  onChange(listener: (change: ChatChange) => void): () => void;
}

export interface ChatPorts {
  readonly dispatcher: Dispatcher;
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newAbort: () => { readonly signal: AbortSignal; abort(): void };
  readonly settings: () => ChatSettings;
  /** The limits that hold for a model, as far as they are known now. */
  readonly limitsOf: (model: Model) => RateLimits;
}

/** Partial answers are saved this often, so that a crash loses a second at most. */
const saveEveryMs = 1000;

export function createChat(ports: ChatPorts): Chat {
  const listeners = new Set<(change: ChatChange) => void>();
  let thread = newThread();
  let running: { abort(): void } | undefined;
  const underWay = new Set<Promise<unknown>>();

  function newThread(stored?: Conversation): Thread {
    const conversation = stored ?? { id: ports.newId(), createdAt: ports.clock.now(), turns: [] };
    const created: Thread = createThread(ports.conversations, conversation, {
      stored: stored !== undefined,
      onChange: (change) => created === thread && emit(change),
    });
    return created;
  }

  function emit(change: ChatChange): void {
    for (const listener of listeners) listener(change);
  }

  function show(next: Thread): void {
    running?.abort();
    thread = next;
    emit({ kind: "conversation" });
  }

  /** Runs to its end in the thread that it began in, even when another one is shown meanwhile. */
  async function answer(question: UserTurn, earlier: readonly Turn[]): Promise<AnswerTurn> {
    const within = thread;
    const abort = ports.newAbort();
    running = abort;
    emit({ kind: "busy" });
    const answered = runAnswer(ports, within, question, earlier, abort.signal);
    underWay.add(answered);
    try {
      return await answered;
    } finally {
      underWay.delete(answered);
      if (running === abort) running = undefined;
      emit({ kind: "busy" });
    }
  }

  return {
    conversation: () => thread.conversation(),
    isBusy: () => running !== undefined,
    async ask(question) {
      if (running !== undefined) return fail({ kind: "busy" });
      if (question.text.trim() === "") return fail({ kind: "emptyMessage" });
      const earlier = thread.conversation().turns;
      const turn: UserTurn = { role: "user", id: ports.newId(), ...question };
      thread.put(turn);
      return succeed(await answer(turn, earlier));
    },
    async retry(answerId) {
      if (running !== undefined) return fail({ kind: "busy" });
      const { turns } = thread.conversation();
      const again = turns.find((turn) => turn.id === answerId);
      const questionId = again?.role === "answer" ? again.questionId : undefined;
      const asked = turns.findIndex((turn) => turn.id === questionId);
      const question = turns[asked];
      if (question?.role !== "user") return fail({ kind: "emptyMessage" });
      return succeed(await answer(question, turns.slice(0, asked)));
    },
    stop: () => running?.abort(),
    async idle() {
      await Promise.allSettled(underWay);
    },
    startNew: () => show(newThread()),
    open: (stored) => show(newThread({ ...stored, turns: stored.turns.map(asInterrupted) })),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function runAnswer(
  ports: ChatPorts,
  thread: Thread,
  question: UserTurn,
  earlier: readonly Turn[],
  signal: AbortSignal,
): Promise<AnswerTurn> {
  const settings = ports.settings();
  const model = question.task === "explain" ? settings.fastModel : settings.model;
  const room = historyTokens(model, ports.limitsOf(model));
  const request = requestMessages(earlier, question, room);
  // A smaller setting would buy answers that are all reasoning.
  const floor = outputFloor[question.task];
  const task: DispatchTask = {
    kind: question.task,
    conversationId: thread.conversation().id,
    model,
    messages: request.messages,
    reasoningEffort: question.task === "explain" ? "low" : settings.reasoningEffort,
    outputNeed: Math.max(floor, Math.min(settings.maxOutputTokens, outputNeed[question.task])),
    outputFloor: floor,
  };

  let turn = startedAnswer({
    id: ports.newId(),
    questionId: question.id,
    task: question.task,
    model: model.id,
    turnsLeftOut: request.turnsLeftOut,
  });
  thread.put(turn);
  let savedAtMs = ports.clock.monotonic();
  try {
    for await (const event of ports.dispatcher.dispatch(task, signal)) {
      turn = advance(turn, event);
      if (event.kind === "text" || event.kind === "reasoning") thread.append(turn, event);
      else thread.put(turn);
      if (ports.clock.monotonic() - savedAtMs < saveEveryMs) continue;
      savedAtMs = ports.clock.monotonic();
      thread.put(turn);
    }
  } finally {
    // Only a bug gets here with an answer under way; it must not be shown as under way for ever.
    if (isUnderWay(turn)) {
      turn = { ...turn, status: { kind: "failed", failure: { kind: "cutOff" } } };
      thread.put(turn);
    }
    await thread.saved();
  }
  return turn;
}
