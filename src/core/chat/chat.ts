import type { Lines } from "../context/codeExcerpt";
import type { ContextItem } from "../context/contextItem";
import { fail, succeed } from "../dispatch/failure";
import type { Result } from "../dispatch/failure";
import type { Forecast } from "../dispatch/forecast";
import type { TaskKind } from "../dispatch/ledger";
import type { Model } from "../models/model";
import { asInterrupted } from "./answer";
import { branchTo, newestAfter, placeAfter, questionBefore } from "./branches";
import { canContinue } from "./continueAnswer";
import type {
  AnswerStatus,
  AnswerTurn,
  Conversation,
  Summary,
  Turn,
  UserTurn,
} from "./conversation";
import type { Conversations } from "./conversations";
import { planAnswer } from "./planAnswer";
import type { AnswerOptions, AnswerPlan, PlanPorts } from "./planAnswer";
import { runAnswer } from "./runAnswer";
import type { RunPorts } from "./runAnswer";
import { planSummary, runSummary } from "./summarise";
import type { SummaryPlan } from "./summarise";
import { createThread } from "./thread";
import type { Thread, ThreadChange } from "./thread";

/** What the user asks, by typing or by a command on code. */
export interface Question {
  readonly task: TaskKind;
  readonly text: string;
  readonly attachments: readonly ContextItem[];
  readonly focus?: Lines;
}

export type ChatChange =
  /** Another conversation, or the same one reloaded. */
  | { readonly kind: "conversation" }
  /** A request began or ended; see `isBusy`. */
  | { readonly kind: "busy" }
  /** The request for a summary has made progress; see `summarising`. */
  | { readonly kind: "summarising" }
  | ThreadChange;

/** The conversation of a window: one question at a time, everything saved as it arrives. */
export interface Chat {
  conversation(): Conversation;
  /** The turns of the branch that is shown: all turns, as long as no question was edited. */
  shown(): readonly Turn[];
  isBusy(): boolean;
  /** Resolves when the answer has ended; a failed answer is a value too, with the text that came before. */
  ask(question: Question, options?: AnswerOptions): Promise<Result<AnswerTurn>>;
  /** Asks the question of this answer again. */
  retry(answerId: string, options?: AnswerOptions): Promise<Result<AnswerTurn>>;
  /** Asks an edited version of a question; the first version and all that follows it stay as a branch of their own. */
  resend(questionId: string, text: string): Promise<Result<AnswerTurn>>;
  /** Shows the branch of this version of a question. */
  showVersion(questionId: string): void;
  /** Asks for the rest of an answer that ended early; it grows in its place, and costs both calls. */
  continueAnswer(answerId: string): Promise<Result<AnswerTurn>>;
  /** What would happen to the question if it were asked now; nothing is sent. */
  forecast(question: Question, options?: AnswerOptions): Promise<Result<Forecast>>;
  /** Which part of the shown conversation would be sent with the question, and which would not. */
  history(question: Question, options?: AnswerOptions): Pick<AnswerPlan, "history" | "room">;
  /** What a summary of the turns that no longer fit would take; undefined where none can help. Nothing is sent. */
  forecastSummary(): Promise<Result<SummaryForecast> | undefined>;
  /** Has the summary written, in one request. It is sent along from then on, until it is removed. */
  summarise(): Promise<Result<void>>;
  /** The state of the request for a summary; undefined while there is none. */
  summarising(): AnswerStatus | undefined;
  removeSummary(questionId: string): void;
  stop(): void;
  /** Resolves when no request is under way and everything is saved. */
  idle(): Promise<void>;
  startNew(): void;
  /** Shows a stored conversation; an answer that was under way is marked as interrupted. */
  open(conversation: Conversation): void;
  onChange(listener: (change: ChatChange) => void): () => void;
}

export interface SummaryForecast extends Forecast {
  readonly model: Model;
}

export interface ChatPorts extends PlanPorts, RunPorts {
  readonly conversations: Conversations;
  /** The name of the workspace, "" without one. */
  readonly workspace: () => string;
  readonly newAbort: () => { readonly signal: AbortSignal; abort(): void };
}

export function createChat(ports: ChatPorts): Chat {
  const listeners = new Set<(change: ChatChange) => void>();
  let thread = newThread();
  let running: { abort(): void } | undefined;
  let summaryStatus: AnswerStatus | undefined;
  /** The question that the shown branch ends with; undefined = the newest one. */
  let lastShown: string | undefined;
  const underWay = new Set<Promise<unknown>>();
  /** By conversation, the second provider that the user lets answer in it; after a reload they are asked again. */
  const agreed = new Map<string, string>();

  function newThread(stored?: Conversation): Thread {
    const conversation = stored ?? {
      id: ports.newId(),
      createdAt: ports.clock.now(),
      workspace: ports.workspace(),
      turns: [],
    };
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
    lastShown = undefined;
    emit({ kind: "conversation" });
  }

  /** Only one request at a time may be under way; `idle` waits for it. */
  async function exclusively<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = ports.newAbort();
    running = abort;
    emit({ kind: "busy" });
    const working = work(abort.signal);
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
      if (running === abort) running = undefined;
      emit({ kind: "busy" });
    }
  }

  /** Runs to its end in the thread in which it began, even if another one is shown meanwhile. */
  async function answer(
    question: UserTurn,
    earlier: readonly Turn[],
    options: AnswerOptions = {},
  ): Promise<AnswerTurn> {
    const within = thread;
    const conversationId = within.conversation().id;
    return exclusively(async (signal) => {
      const second = ports.settings().fallback;
      if (options.useFallback === true && second) agreed.set(conversationId, second.baseUrl);
      const isAgreed = agreed.get(conversationId) === second?.baseUrl;
      const fallback = isAgreed ? second?.model : undefined;
      const plan = planAnswer(ports, { conversationId, question, earlier, options, fallback });
      const answered = await runAnswer(ports, within, question, plan, signal);
      untilDone(within.saved());
      return answered;
    });
  }

  /** `idle` waits for the saving; the caller gets the answer at once. */
  function untilDone(saving: Promise<void>): void {
    underWay.add(saving);
    void saving.finally(() => underWay.delete(saving));
  }

  function plannedFor(question: Question, options: AnswerOptions = {}): AnswerPlan {
    const { id: conversationId, turns } = thread.conversation();
    const turn: UserTurn = { role: "user", id: "", ...question };
    const earlier = branchTo(turns, lastShown);
    return planAnswer(ports, { conversationId, question: turn, earlier, options });
  }

  function plannedSummary(): SummaryPlan | undefined {
    const { id: conversationId, turns } = thread.conversation();
    return planSummary(ports, { conversationId, earlier: branchTo(turns, lastShown) });
  }

  function tellSummary(status: AnswerStatus | undefined): void {
    summaryStatus = status;
    emit({ kind: "summarising" });
  }

  async function summarise(plan: SummaryPlan): Promise<Result<void>> {
    const within = thread;
    return exclusively(async (signal) => {
      tellSummary({ kind: "waiting" });
      try {
        const summary = await runSummary(ports.dispatcher, plan, tellSummary, signal);
        if (!summary.ok) return summary;
        putSummary(within, plan.questionId, summary.value);
        await within.saved();
        return succeed(undefined);
      } finally {
        tellSummary(undefined);
      }
    });
  }

  async function answerAgain(
    answerId: string,
    options?: AnswerOptions,
  ): Promise<Result<AnswerTurn>> {
    if (running !== undefined) return fail({ kind: "busy" });
    const { turns } = thread.conversation();
    const again = turns.find((turn) => turn.id === answerId);
    const questionId = again?.role === "answer" ? again.questionId : undefined;
    const question = turns.find((turn) => turn.id === questionId);
    if (question?.role !== "user") return fail({ kind: "turnGone" });
    const before = questionBefore(turns, question.id);
    const earlier = before === undefined ? [] : branchTo(turns, before);
    return succeed(await answer(question, earlier, options));
  }

  return {
    conversation: () => thread.conversation(),
    shown: () => branchTo(thread.conversation().turns, lastShown),
    isBusy: () => running !== undefined,
    async ask(question, options) {
      if (running !== undefined) return fail({ kind: "busy" });
      if (question.text.trim() === "") return fail({ kind: "emptyMessage" });
      const { turns } = thread.conversation();
      const earlier = branchTo(turns, lastShown);
      const last = earlier.findLast(({ role }) => role === "user")?.id;
      const place = placeAfter(turns, last);
      const turn: UserTurn = { role: "user", id: ports.newId(), ...question, ...place };
      lastShown = undefined;
      thread.put(turn);
      return succeed(await answer(turn, earlier, options));
    },
    async resend(questionId, text) {
      if (running !== undefined) return fail({ kind: "busy" });
      const { turns } = thread.conversation();
      const first = turns.find(({ id }) => id === questionId);
      if (first?.role !== "user") return fail({ kind: "turnGone" });
      if (text.trim() === "") return fail({ kind: "emptyMessage" });
      const before = questionBefore(turns, questionId);
      const { summary: _, ...asked } = first;
      const turn: UserTurn = { ...asked, id: ports.newId(), text, after: before ?? "" };
      lastShown = undefined;
      thread.put(turn);
      emit({ kind: "conversation" });
      return succeed(await answer(turn, before === undefined ? [] : branchTo(turns, before)));
    },
    showVersion(questionId) {
      lastShown = newestAfter(thread.conversation().turns, questionId);
      emit({ kind: "conversation" });
    },
    retry: answerAgain,
    async continueAnswer(answerId) {
      const continues = thread.conversation().turns.find((turn) => turn.id === answerId);
      if (continues?.role !== "answer") return fail({ kind: "turnGone" });
      if (!canContinue(continues)) return fail({ kind: "emptyMessage" });
      return answerAgain(answerId, { continues });
    },
    forecast: async (question, options) =>
      ports.dispatcher.forecast(plannedFor(question, options).task),
    history: plannedFor,
    async forecastSummary() {
      const plan = plannedSummary();
      if (plan === undefined) return undefined;
      const foretold = await ports.dispatcher.forecast(plan.task);
      return foretold.ok ? succeed({ ...foretold.value, model: plan.task.model }) : foretold;
    },
    async summarise() {
      if (running !== undefined) return fail({ kind: "busy" });
      const plan = plannedSummary();
      return plan === undefined ? fail({ kind: "emptyConversation" }) : summarise(plan);
    },
    summarising: () => summaryStatus,
    removeSummary: (questionId) => putSummary(thread, questionId, undefined),
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

function putSummary(thread: Thread, questionId: string, summary: Summary | undefined): void {
  const question = thread.conversation().turns.find(({ id }) => id === questionId);
  if (question?.role !== "user") return;
  const { summary: _, ...bare } = question;
  thread.put(summary === undefined ? bare : { ...bare, summary });
}
