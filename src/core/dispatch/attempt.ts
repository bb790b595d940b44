import type { Caps } from "../budget/caps";
import type { LimitDimension, Need } from "../limits/limits";
import type { RateLimiter, Ticket } from "../limits/rateLimiter";
import type { Model } from "../models/model";
import { estimatePrompt } from "../tokens/promptEstimate";
import type { TokenCounter } from "../tokens/tokenCounter";
import { readCapStates } from "./capStates";
import type {
  ChatMessage,
  ChatModel,
  ChatModelEvent,
  ChatRequest,
  ReasoningEffort,
} from "./chatModel";
import { toldLimit } from "./toldLimit";
import type { Clock } from "./clock";
import { fail, succeed } from "./failure";
import type { Failure, Result } from "./failure";
import type { Ledger, Reservation, TaskKind } from "./ledger";
import { createReceipt, worstCaseUsage } from "./receipt";
import type { DispatchOutcome } from "./receipt";
import { sizeOutput } from "./sizeOutput";

/** Longer waits (a day's limit) are told to the user instead of slept through. */
export const longestWaitMs = 90_000;

/** What a caller wants done. The dispatcher decides when it goes and how much it may answer. */
export interface DispatchTask {
  readonly kind: TaskKind;
  readonly conversationId: string;
  readonly model: Model;
  readonly messages: readonly ChatMessage[];
  readonly reasoningEffort?: ReasoningEffort;
  /** Output tokens that the task can use, reasoning included. */
  readonly outputNeed: number;
  /** Under this an answer is worthless: gpt-oss spends a small cap on reasoning and answers nothing. */
  readonly outputFloor: number;
}

/** In order: `waiting` any number of times, `sent`, then `reasoning` and `text`. */
export type AttemptEvent =
  | { readonly kind: "waiting"; readonly untilMs: number; readonly dimension: LimitDimension }
  | { readonly kind: "sent"; readonly maxCompletionTokens: number }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "text"; readonly text: string };

/** How an attempt ended. */
export interface Attempt {
  readonly outcome: DispatchOutcome;
  /** Something of an answer has been passed on: another attempt would say it twice. */
  readonly answered: boolean;
  /** What was allowed; 0 when nothing was sent. */
  readonly maxCompletionTokens: number;
}

export interface AttemptPorts {
  readonly chatModel: ChatModel;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly tokens: TokenCounter;
  /** The caps as they are set at the moment of a request. */
  readonly caps: () => Caps;
  readonly limiterFor: (model: Model) => RateLimiter;
  readonly newId: () => string;
  /** Whose limits a request to this model uses; fails without a key. */
  readonly accountFor: (model: Model) => Promise<Result<string>>;
  /** The name of the open workspace, "" without one. */
  readonly workspace: () => string;
}

/** Does one request from its estimate to its settlement, once. */
export async function* attempt(
  ports: AttemptPorts,
  task: DispatchTask,
  signal: AbortSignal,
): AsyncGenerator<AttemptEvent, Attempt> {
  const { chatModel, clock, ledger } = ports;
  const account = await ports.accountFor(task.model);
  if (!account.ok) return refused(account.failure);
  const limiter = ports.limiterFor(task.model);
  const counts = await ports.tokens.count(task.messages.map(({ content }) => content));
  const prompt = estimatePrompt(task.model, task.messages, counts);
  const caps = ports.caps();
  const day = clock.localDay(clock.now());
  const states = await readCapStates(ledger, caps, { ...task, day });
  const minute = limiter.minute(clock.monotonic())?.limit;
  const sized = states.ok ? sizeOutput(task, prompt, minute, states.value) : states;
  if (!sized.ok) return refused(sized.failure);
  const maxCompletionTokens = sized.value;
  const need: Need = { tokens: prompt.upper + maxCompletionTokens, outputCap: maxCompletionTokens };
  const admitted = yield* admit(clock, limiter, need, signal);
  if (!admitted.ok) return refused(admitted.failure);
  const ticket = admitted.value;

  const id = ports.newId();
  const receipt = createReceipt({
    price: task.model.price,
    worstCase: worstCaseUsage(prompt.bound, maxCompletionTokens),
    sentAtMs: clock.monotonic(),
  });
  const reserved = await ledger.reserve(
    reservationOf(ports, task, { id, account: account.value, cost: receipt.worstCost }),
    caps,
  );
  if (!reserved.ok || signal.aborted) {
    limiter.cancel(ticket, clock.monotonic());
    if (reserved.ok) await ledger.cancel(id);
    return refused(reserved.ok ? { kind: "stopped" } : reserved.failure);
  }

  // A caller that stops reading ends this generator at a yield: `finally` settles the call all the same.
  let outcome: DispatchOutcome;
  let answered = false;
  try {
    yield { kind: "sent", maxCompletionTokens };
    for await (const event of chatModel.stream(requestOf(task, maxCompletionTokens), signal)) {
      receipt.note(event, clock.monotonic());
      noteLimits(limiter, ticket, event, clock.monotonic());
      if (event.kind !== "text" && event.kind !== "reasoning") continue;
      answered = true;
      yield event;
    }
  } finally {
    outcome = receipt.outcome(signal.aborted, clock.monotonic());
    if (neverReached(outcome)) limiter.cancel(ticket, clock.monotonic());
    else limiter.settle(ticket, undefined, clock.monotonic());
    await book(ledger, id, outcome);
  }
  return { outcome, answered, maxCompletionTokens };
}

/** Waits for room and takes it; a refusal has taken nothing. */
async function* admit(
  clock: Clock,
  limiter: RateLimiter,
  need: Need,
  signal: AbortSignal,
): AsyncGenerator<AttemptEvent, Result<Ticket>> {
  for (;;) {
    if (signal.aborted) return fail({ kind: "stopped" });
    const admission = limiter.forecast(need, clock.monotonic());
    switch (admission.kind) {
      case "now":
        // At once, so that two requests side by side are not both admitted to the same room.
        return succeed(limiter.admit(need, clock.monotonic()));
      case "never":
        return fail({
          kind: "tooLarge",
          limit: admission.limit,
          needed: need.tokens,
          dimension: admission.dimension,
        });
      case "wait":
        if (admission.ms > longestWaitMs)
          return fail({
            kind: "rateLimited",
            dimension: admission.dimension,
            retryAfterMs: admission.ms,
            detail: "",
          });
        yield {
          kind: "waiting",
          untilMs: clock.now() + admission.ms,
          dimension: admission.dimension,
        };
        await sleepUntilChange(clock, limiter, admission.ms, signal);
    }
  }
}

/** An answer that ends early frees room before the time that was told. */
async function sleepUntilChange(
  clock: Clock,
  limiter: RateLimiter,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  const wake = new AbortController();
  const stop = () => wake.abort();
  const end = limiter.onChange(stop);
  signal.addEventListener("abort", stop);
  await clock.sleep(ms, wake.signal);
  signal.removeEventListener("abort", stop);
  end();
}

/** Tells the limiter what it can learn from an event; a ticket that has ended is ignored there. */
function noteLimits(
  limiter: RateLimiter,
  ticket: Ticket,
  event: ChatModelEvent,
  nowMs: number,
): void {
  switch (event.kind) {
    case "limits":
      limiter.headers(ticket, event.reported, nowMs);
      break;
    case "usage":
      // At once and not at the end: what was refunded must not count twice with the next headers.
      limiter.settle(ticket, event.usage, nowMs);
      break;
    case "failure": {
      const { reported = {} } = event;
      const told = toldLimit(event.failure);
      if (told !== undefined) limiter.refused(ticket, told, reported, nowMs);
      else if (reported.rpd ?? reported.tpm) limiter.headers(ticket, reported, nowMs);
      break;
    }
    case "reasoning":
    case "text":
    case "finish":
      break;
  }
}

/** Whether no account was asked: its limits have not been touched then. */
function neverReached(outcome: DispatchOutcome): boolean {
  if (outcome.kind === "complete" || outcome.settlement !== undefined) return false;
  switch (outcome.failure.kind) {
    case "noKey":
    case "keyStoreUnavailable":
    case "extensionChanged":
    case "foreignKey":
    case "invalidKey":
    case "originNotConfirmed":
    case "invalidBaseUrl":
    case "unreachable":
      return true;
    default:
      return false;
  }
}

/** A failed booking leaves the reservation in place: the worst case stays counted. */
async function book(ledger: Ledger, id: string, outcome: DispatchOutcome): Promise<void> {
  if (outcome.settlement === undefined) await ledger.cancel(id);
  else await ledger.settle(id, outcome.settlement);
}

function reservationOf(
  { clock, workspace }: AttemptPorts,
  task: DispatchTask,
  booked: Pick<Reservation, "id" | "account" | "cost">,
): Reservation {
  const reservedAt = clock.now();
  return {
    ...booked,
    conversationId: task.conversationId,
    task: task.kind,
    model: task.model.id,
    provider: task.model.provider,
    workspace: workspace(),
    reservedAt,
    day: clock.localDay(reservedAt),
    hour: clock.localHour(reservedAt),
  };
}

function requestOf(task: DispatchTask, maxCompletionTokens: number): ChatRequest {
  const { model, messages, reasoningEffort } = task;
  const base = { model: model.id, messages, maxCompletionTokens };
  return model.reasoningEffort && reasoningEffort !== undefined
    ? { ...base, reasoningEffort }
    : base;
}

function refused(failure: Failure): Attempt {
  return { outcome: { kind: "failed", failure }, answered: false, maxCompletionTokens: 0 };
}
