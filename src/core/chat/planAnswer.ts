import type { ReasoningEffort, ServiceTier } from "../dispatch/chatModel";
import type { TaskKind } from "../dispatch/ledger";
import type { DispatchTask } from "../dispatch/task";
import type { Model, RateLimits } from "../models/model";
import type { FallbackSettings } from "../models/modelRows";
import { continuation } from "./continueAnswer";
import type { AnswerTurn, Turn, UserTurn } from "./conversation";
import type { History } from "./history";
import { editFormatFor } from "../prompts/editFormat";
import { outputFloor, outputNeed, promptRoom } from "./outputNeed";
import { requestMessages } from "./requestMessages";

export interface ChatSettings {
  readonly model: Model;
  /** Writes explanations. */
  readonly fastModel: Model;
  readonly maxOutputTokens: number;
  readonly reasoningEffort: ReasoningEffort;
  readonly serviceTier: ServiceTier;
  /** The second provider, if one is set. */
  readonly fallback: FallbackSettings | undefined;
}

export interface PlanPorts {
  readonly settings: () => ChatSettings;
  /** The limits of a model, as far as they are known now. */
  readonly limitsOf: (model: Model) => RateLimits;
}

/** How long an answer may be: a longer one may have to wait longer for admission. */
export type AnswerLength = "short" | "normal" | "long";

/** How one answer may differ from the settings. */
export interface AnswerOptions {
  readonly model?: Model;
  /** Absent: as long as the task usually needs. */
  readonly length?: AnswerLength;
  /** Output tokens at most. */
  readonly answerTokens?: number;
  /** Prompt tokens at most: earlier turns are left out, and attached code is cut at its end. */
  readonly promptTokens?: number;
  /** The user lets the second provider answer in this conversation from now on. */
  readonly useFallback?: boolean;
  /** Not a new answer but the rest of this one. */
  readonly continues?: AnswerTurn;
}

/** What is dispatched for a question, and what had to be left out. */
export interface AnswerPlan {
  readonly task: DispatchTask;
  readonly history: History;
  /** In tokens: `history` is for earlier turns, of the `most` that the limits admit at once. */
  readonly room: { readonly history: number; readonly most: number };
  readonly linesLeftOut: number;
  /** The answer that this call continues. */
  readonly continues?: AnswerTurn;
}

export function planAnswer(
  ports: PlanPorts,
  asked: {
    readonly conversationId: string;
    readonly question: UserTurn;
    readonly earlier: readonly Turn[];
    readonly options: AnswerOptions;
    readonly fallback?: Model | undefined;
  },
): AnswerPlan {
  const { question, earlier, options, fallback } = asked;
  const settings = ports.settings();
  const model = options.model ?? modelFor(question.task, settings);
  const floor = outputFloor[question.task];
  const room = promptRoom(model, ports.limitsOf(model), floor);
  const within = {
    history: room.history,
    whole: Math.min(room.whole, options.promptTokens ?? Number.POSITIVE_INFINITY),
    mayCut: options.promptTokens !== undefined,
  };
  const { messages, ...leftOut } = requestMessages(earlier, question, within, editFormatFor(model));
  const most = Math.min(settings.maxOutputTokens, options.answerTokens ?? Number.POSITIVE_INFINITY);
  const { continues } = options;
  return {
    ...leftOut,
    room,
    ...(continues !== undefined && { continues }),
    task: {
      kind: question.task,
      conversationId: asked.conversationId,
      model,
      messages: continues === undefined ? messages : [...messages, ...continuation(continues)],
      reasoningEffort: needsThought(question.task) ? settings.reasoningEffort : "low",
      // A smaller setting would buy answers that are all reasoning.
      outputNeed: Math.max(floor, Math.min(most, needFor(question.task, options.length))),
      outputFloor: floor,
      serviceTier: settings.serviceTier,
      ...(fallback !== undefined && { fallback }),
    },
  };
}

/** A long answer may be as long as the settings allow. */
function needFor(task: TaskKind, length: AnswerLength = "normal"): number {
  switch (length) {
    case "short":
      return Math.floor(outputNeed[task] / 2);
    case "normal":
      return outputNeed[task];
    case "long":
      return Number.POSITIVE_INFINITY;
  }
}

/** The model that answers unless another one is asked for. */
export function modelFor(
  task: TaskKind,
  { model, fastModel }: Pick<ChatSettings, "model" | "fastModel">,
): Model {
  return task === "explain" ? fastModel : model;
}

/** Explanations and comments only say what is in the code. */
function needsThought(task: TaskKind): boolean {
  return task !== "explain" && task !== "document";
}
