import { costOf } from "../budget/price";
import type { Dispatcher } from "../dispatch/dispatcher";
import { fail, succeed } from "../dispatch/failure";
import type { Result } from "../dispatch/failure";
import type { DispatchTask } from "../dispatch/task";
import type { Model } from "../models/model";
import { summaryMessages } from "../prompts/summaryPrompt";
import type { SaidMessage } from "../prompts/summaryPrompt";
import { estimateText } from "../tokens/estimateTokens";
import { advance, startedAnswer } from "./answer";
import type { AnswerStatus, Summary, Turn } from "./conversation";
import { historyWithin, sinceSummary, turnTokens, upperTokens } from "./history";
import { promptRoom } from "./outputNeed";
import type { ChatSettings, PlanPorts } from "./planAnswer";
import { attachmentLabels } from "./title";

/** One request for a summary of what does not go along any more. */
export interface SummaryPlan {
  readonly task: DispatchTask;
  /** The summary will hang on this question, the last one that it stands for. */
  readonly questionId: string;
  readonly turnIds: readonly string[];
  /** How many of these are too many for one request: the oldest. */
  readonly unread: number;
}

/** Output tokens, some thought included. Of a summary of 200 words about 300 are text, in most languages. */
const outputNeed = 1024;
const outputFloor = 512;
export const likelySummaryTokens = 400;

/** What is left to the newest turns beside a summary: as many tokens as one of 200 words has at most. */
const summaryRoom = 600;

/** Undefined where all goes along or already stands in a summary, and where the limits have no room for one. */
export function planSummary(
  ports: PlanPorts,
  {
    conversationId,
    earlier,
  }: { readonly conversationId: string; readonly earlier: readonly Turn[] },
): SummaryPlan | undefined {
  const settings = ports.settings();
  const { history } = roomOf(ports, settings.model);
  if (history < summaryRoom || historyWithin(earlier, history).leftOut.length === 0)
    return undefined;
  const { summary, rest } = sinceSummary(earlier);
  const covered = rest.slice(0, firstKept(rest, history - summaryRoom));
  const question = covered.findLast(({ role }) => role === "user");
  if (question === undefined) return undefined;
  const model = cheaper(settings);
  const room = roomOf(ports, model).whole - upperTokens(summaryMessages([]));
  const before = summary && sized({ by: "summary", text: summary.content.text, shown: [] });
  const said = readable(covered.map(saidBy), room - (before?.size ?? 0));
  return {
    questionId: question.id,
    turnIds: [...(summary?.content.turnIds ?? []), ...covered.map(({ id }) => id)],
    unread: (summary?.content.unread ?? 0) + covered.length - said.length,
    task: {
      kind: "summary",
      conversationId,
      model,
      messages: summaryMessages(shortened([...(before ? [before] : []), ...said], room)),
      reasoningEffort: "low",
      outputNeed,
      outputFloor,
      serviceTier: settings.serviceTier,
    },
  };
}

function roomOf({ limitsOf }: PlanPorts, model: Model) {
  return promptRoom(model, limitsOf(model), outputFloor);
}

/** Where the newest turns begin that fit: with a question, since its answer alone says little. */
function firstKept(said: readonly Turn[], tokens: number): number {
  let left = tokens;
  let first = said.length;
  for (const [index, turn] of [...said.entries()].toReversed()) {
    left -= turnTokens(turn);
    if (left < 0) break;
    if (turn.role === "user") first = index;
  }
  return first;
}

interface Sized {
  readonly message: SaidMessage;
  /** Tokens, with what every message has around it. */
  readonly size: number;
}

const frameTokens = 16;

function sized(message: SaidMessage): Sized {
  return { message, size: estimateText(message.text).upper + frameTokens };
}

/** A turn never changes, it is replaced; a long conversation is asked for what it would take at each key. */
const knownSaid = new WeakMap<Turn, Sized>();

function saidBy(turn: Turn): Sized {
  const known = knownSaid.get(turn);
  if (known !== undefined) return known;
  const said = sized(
    turn.role === "user"
      ? { by: "user", text: turn.text, shown: attachmentLabels(turn) }
      : { by: "assistant", text: turn.text, shown: [] },
  );
  knownSaid.set(turn, said);
  return said;
}

/** Fewer tokens of a message say nothing. */
const leastOfMessage = 64;

/** The newest messages of which something can be read. */
function readable(said: readonly Sized[], room: number): readonly Sized[] {
  const most = Math.max(1, Math.floor(room / leastOfMessage));
  return said.slice(-most);
}

/** So much of each that all fit: the longest give way first, at their ends. */
function shortened(said: readonly Sized[], room: number): SaidMessage[] {
  const most = evenShare(
    said.map(({ size }) => size),
    room,
  );
  return said.map(({ message, size }) =>
    size <= most ? message : { ...message, text: cut(message.text, size, most) },
  );
}

/** The beginning of a text of so many tokens. */
function cut(text: string, size: number, most: number): string {
  // A tenth less, since a text is not equally dense everywhere; not within a pair of surrogates.
  const length = Math.floor((text.length * most * 0.9) / size);
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}\n[…]`;
}

/** The most that one may take for all to fit, when the small ones leave what they do not need to the others. */
function evenShare(sizes: readonly number[], room: number): number {
  let left = room;
  const ascending = sizes.toSorted((one, other) => one - other);
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return Math.max(0, share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** Of the two models that the user has chosen, the one that costs less; without a price, the one that answers. */
function cheaper({ model, fastModel }: Pick<ChatSettings, "model" | "fastModel">): Model {
  if (fastModel.price === undefined) return model;
  if (model.price === undefined) return fastModel;
  const usage = {
    promptTokens: 4000,
    cachedTokens: 0,
    completionTokens: likelySummaryTokens,
    reasoningTokens: 0,
  };
  return costOf(usage, fastModel.price) < costOf(usage, model.price) ? fastModel : model;
}

/** Does what was planned; `onStatus` hears of waits. What ends at its length is still worth its price. */
export async function runSummary(
  dispatcher: Dispatcher,
  { task, questionId, turnIds, unread }: SummaryPlan,
  onStatus: (status: AnswerStatus) => void,
  signal: AbortSignal,
): Promise<Result<Summary>> {
  let turn = startedAnswer({
    id: "",
    questionId,
    task: "chat",
    model: task.model.id,
    turnsLeftOut: 0,
    linesLeftOut: 0,
  });
  for await (const event of dispatcher.dispatch(task, signal)) {
    turn = advance(turn, event);
    if (event.kind !== "text" && event.kind !== "reasoning") onStatus(turn.status);
  }
  const { status, model, settlement } = turn;
  if (status.kind === "failed") return fail(status.failure);
  const written = turn.text.trim();
  if (status.kind !== "complete" || written === "") return fail({ kind: "answerIncomplete" });
  // A model may write more than it was asked for.
  const size = estimateText(written).upper + frameTokens;
  const text = size <= summaryRoom ? written : cut(written, size, summaryRoom);
  return succeed({
    text,
    model,
    turnIds,
    ...(unread > 0 && { unread }),
    ...(settlement && { settlement }),
  });
}
