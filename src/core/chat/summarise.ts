import { costOf, uncachedUsage } from "../budget/price";
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

/** One request for a summary of the turns that are no longer sent. */
export interface SummaryPlan {
  readonly task: DispatchTask;
  /** The summary will belong to this question, the last one that it stands for. */
  readonly questionId: string;
  readonly turnIds: readonly string[];
  /** How many of the oldest do not fit the request. */
  readonly unread: number;
}

/** Output tokens, some reasoning included: in most languages, a summary of 200 words has about 300. */
const outputNeed = 1024;
const outputFloor = 512;
export const likelySummaryTokens = 400;

/** What a summary takes from the newest turns' room: the most tokens that 200 words have. */
const summaryRoom = 600;

/** Undefined where everything is sent anyway or already summarised, and where the limits have no room for a summary. */
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

/** The index from which the newest turns fit: that of a question, because an answer alone says little. */
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
  /** In tokens, the frame of a message included. */
  readonly size: number;
}

const frameTokens = 16;

function sized(message: SaidMessage): Sized {
  return { message, size: estimateText(message.text).upper + frameTokens };
}

/** Turns are immutable, so sizes can be kept: at each keystroke those of a whole conversation are needed. */
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

/** With fewer tokens, a message says nothing. */
const leastOfMessage = 64;

/** The newest messages, as many as can each have `leastOfMessage` tokens. */
function readable(said: readonly Sized[], room: number): readonly Sized[] {
  const most = Math.max(1, Math.floor(room / leastOfMessage));
  return said.slice(-most);
}

/** The messages, cut so that all fit: the longest first, at their ends. */
function shortened(said: readonly Sized[], room: number): SaidMessage[] {
  const most = evenShare(
    said.map(({ size }) => size),
    room,
  );
  return said.map(({ message, size }) =>
    size <= most ? message : { ...message, text: cut(message.text, size, most) },
  );
}

/** The first `most` of the `size` tokens of a text. */
function cut(text: string, size: number, most: number): string {
  // A tenth less, because a text is not equally dense everywhere; never within a surrogate pair.
  const length = Math.floor((text.length * most * 0.9) / size);
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}\n[…]`;
}

/** The most that each may take so that all fit, where small ones leave the others what they do not need. */
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

/** Of the user's two models the one that costs less; if the fast one has no price, the main one. */
function cheaper({ model, fastModel }: Pick<ChatSettings, "model" | "fastModel">): Model {
  if (fastModel.price === undefined) return model;
  if (model.price === undefined) return fastModel;
  const usage = uncachedUsage(4000, likelySummaryTokens);
  return costOf(usage, fastModel.price) < costOf(usage, model.price) ? fastModel : model;
}

/** Runs the planned request; `onStatus` is told of waits. A summary that reached its length cap is still used. */
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
