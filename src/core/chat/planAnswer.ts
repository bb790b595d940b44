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
  /** Explains. */
  readonly fastModel: Model;
  readonly maxOutputTokens: number;
  readonly reasoningEffort: ReasoningEffort;
  readonly serviceTier: ServiceTier;
  /** The second provider, if one is set. */
  readonly fallback: FallbackSettings | undefined;
}

export interface PlanPorts {
  readonly settings: () => ChatSettings;
  /** The limits that hold for a model, as far as they are known now. */
  readonly limitsOf: (model: Model) => RateLimits;
}

/** How long an answer may be: long ones are admitted later. */
export type AnswerLength = "short" | "normal" | "long";

/** How one answer may differ from what the settings say. */
export interface AnswerOptions {
  readonly model?: Model;
  /** Absent: as long as the task usually needs. */
  readonly length?: AnswerLength;
  /** Output tokens at most. */
  readonly answerTokens?: number;
  /** Prompt tokens at most: earlier turns stay behind, and attached code is cut at its end. */
  readonly promptTokens?: number;
  /** The user lets the second provider answer in this conversation from now on. */
  readonly useFallback?: boolean;
  /** Not a new answer but the rest of this one. */
  readonly continues?: AnswerTurn;
}

/** What is dispatched for a question, and what of the conversation had to stay behind. */
export interface AnswerPlan {
  readonly task: DispatchTask;
  readonly history: History;
  /** Tokens that earlier turns may have, of so many that the limits admit at once. */
  readonly room: { readonly history: number; readonly most: number };
  readonly linesLeftOut: number;
  /** The answer that the call goes on with. */
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

/** A long answer gets what the settings allow at most. */
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

/** Who answers, where nothing else is asked for. */
export function modelFor(
  task: TaskKind,
  { model, fastModel }: Pick<ChatSettings, "model" | "fastModel">,
): Model {
  return task === "explain" ? fastModel : model;
}

/** What an explanation or a comment says stands in the code. */
function needsThought(task: TaskKind): boolean {
  return task !== "explain" && task !== "document";
}
