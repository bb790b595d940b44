import { uncachedUsage } from "../budget/price";
import { believable } from "../limits/limits";
import type { Ticket } from "../limits/rateLimiter";
import type { SharedLimiter } from "../limits/sharedLimiter";
import type { Model } from "../models/model";
import { admit } from "./admission";
import type { WaitingEvent } from "./admission";
import { learnFromPrompt } from "../tokens/promptEstimate";
import type { ChatModel, ChatModelEvent, ChatRequest, FailureEvent } from "./chatModel";
import type { Failure } from "./failure";
import type { Ledger, Reservation } from "./ledger";
import { needOf, prepare } from "./prepare";
import type { Prepared, PreparePorts } from "./prepare";
import { createReceipt } from "./receipt";
import type { DispatchOutcome } from "./receipt";
import type { DispatchTask } from "./task";
import { refusedLimit } from "./refusedLimit";

/** In order: `waiting` any number of times, `sent`, then `reasoning` and `text`. */
export type AttemptEvent =
  | WaitingEvent
  | { readonly kind: "sent"; readonly model: string; readonly maxCompletionTokens: number }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "text"; readonly text: string };

/** How an attempt ended. */
export interface Attempt {
  readonly outcome: DispatchOutcome;
  /** Part of an answer has been passed on: another attempt would repeat it. */
  readonly answered: boolean;
  /** Output tokens that were allowed; 0 when nothing was sent. */
  readonly maxCompletionTokens: number;
}

export interface AttemptPorts extends PreparePorts {
  readonly chatModelFor: (model: Model) => ChatModel;
  readonly newId: () => string;
  /** The name of the open workspace, "" without one. */
  readonly workspace: () => string;
  /** The service has named an account's organisation: accounts of one organisation share its limits. */
  readonly noteOrganization: (account: string, organization: string) => Promise<unknown>;
}

/** Takes one request from estimate to settlement, without retries; `patienceMs` as `admit` takes it. */
export async function* attempt(
  ports: AttemptPorts,
  task: DispatchTask,
  patienceMs: number,
  signal: AbortSignal,
): AsyncGenerator<AttemptEvent, Attempt> {
  const { clock, ledger } = ports;
  const prepared = await prepare(ports, task);
  if (!prepared.ok) return refused(prepared.failure);
  const { account, limiter, caps, prompt, output } = prepared.value;
  if (!output.ok) return refused(output.failure);
  const maxCompletionTokens = output.value;
  const askedAtMs = clock.monotonic();
  const admitted = yield* admit(
    clock,
    limiter,
    { need: needOf(prompt, maxCompletionTokens), task, patienceMs },
    signal,
  );
  if (!admitted.ok) return refused(admitted.failure);
  const ticket = admitted.value;

  const id = ports.newId();
  const sentAtMs = clock.monotonic();
  const receipt = createReceipt({
    price: task.model.price,
    worstCase: uncachedUsage(prompt.bound, maxCompletionTokens),
    sentAtMs,
  });
  const waitedMs = sentAtMs - askedAtMs;
  const reserved = await ledger.reserve(
    reservationOf(ports, task, { id, account, cost: receipt.worstCost, waitedMs }),
    caps,
  );
  if (!reserved.ok || signal.aborted) {
    await limiter.note((buckets) => buckets.cancel(ticket));
    if (reserved.ok) await ledger.cancel(id);
    return refused(reserved.ok ? { kind: "stopped" } : reserved.failure);
  }

  // A caller that stops reading ends this generator at a yield: `finally` settles the call all the same.
  let outcome: DispatchOutcome;
  let answered = false;
  try {
    yield { kind: "sent", model: task.model.id, maxCompletionTokens };
    const request = requestOf(task, maxCompletionTokens);
    for await (const event of ports.chatModelFor(task.model).stream(request, signal)) {
      receipt.note(event, clock.monotonic());
      // Not awaited: the answer must not pause for the store.
      void noteEvent(ports, { task, prepared: prepared.value, maxCompletionTokens, ticket }, event);
      if (event.kind !== "text" && event.kind !== "reasoning") continue;
      answered = true;
      yield event;
    }
  } finally {
    outcome = receipt.outcome(signal.aborted, clock.monotonic());
    await Promise.all([giveBack(limiter, ticket, outcome), book(ledger, id, outcome)]);
  }
  return { outcome, answered, maxCompletionTokens };
}

interface Sent {
  readonly task: DispatchTask;
  readonly prepared: Prepared;
  readonly maxCompletionTokens: number;
  readonly ticket: Ticket;
}

/** Tells the limiter what it can learn from an event; a ticket that has ended is ignored there. */
async function noteEvent(
  ports: AttemptPorts,
  { task, prepared, maxCompletionTokens, ticket }: Sent,
  event: ChatModelEvent,
): Promise<void> {
  const { limiter, account, counts } = prepared;
  switch (event.kind) {
    case "limits": {
      const reported = believable(event.reported, maxCompletionTokens);
      return limiter.note((buckets, nowMs) => buckets.headers(ticket, reported, nowMs));
    }
    case "usage":
      // At once and not at the end: the next headers already show the refund, which must not be counted twice.
      return limiter.note((buckets, nowMs) => {
        buckets.settle(ticket, event.usage, nowMs);
        buckets.calibrate((learnt) =>
          learnFromPrompt(task.model, task.messages, counts, event.usage.promptTokens, learnt),
        );
      });
    case "failure": {
      const { organization } = event;
      await noteFailure(limiter, ticket, event);
      if (organization !== undefined) await ports.noteOrganization(account, organization);
      return;
    }
    case "reasoning":
    case "text":
    case "finish":
      return;
  }
}

async function noteFailure(
  limiter: SharedLimiter,
  ticket: Ticket,
  { failure, reported = {} }: FailureEvent,
): Promise<void> {
  const told = refusedLimit(failure);
  if (told !== undefined)
    return limiter.note((buckets, nowMs) => buckets.refused(ticket, told, reported, nowMs));
  const isShown = Object.keys(reported).length > 0;
  if (!isShown && failure.kind !== "rateLimited") return;
  await limiter.note((buckets, nowMs) => {
    if (isShown) buckets.headers(ticket, reported, nowMs);
    if (failure.kind === "rateLimited") buckets.shut(failure.retryAfterMs, nowMs);
  });
}

/** Ends the ticket of a request for which no usage was reported; a reported usage has ended it already. */
async function giveBack(
  limiter: SharedLimiter,
  ticket: Ticket,
  outcome: DispatchOutcome,
): Promise<void> {
  if (outcome.kind === "complete" && !outcome.settlement.estimated) return;
  const isUntouched = neverReached(outcome);
  await limiter.note((buckets, nowMs) =>
    isUntouched ? buckets.cancel(ticket) : buckets.settle(ticket, undefined, nowMs),
  );
}

/** Whether the request reached no account, so that no limits were touched. */
function neverReached(outcome: DispatchOutcome): boolean {
  if (outcome.kind === "complete" || outcome.settlement !== undefined) return false;
  switch (outcome.failure.kind) {
    case "noKey":
    case "noFallback":
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
  booked: Pick<Reservation, "id" | "account" | "cost" | "waitedMs">,
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

/** Lone surrogates, from an answer or a cut, have no UTF-8: a service may refuse the whole request for one. */
function requestOf(task: DispatchTask, maxCompletionTokens: number): ChatRequest {
  const { model, messages, reasoningEffort, serviceTier } = task;
  return {
    model: model.id,
    messages: messages.map((message) => ({ ...message, content: message.content.toWellFormed() })),
    maxCompletionTokens,
    ...(model.reasoningEffort && reasoningEffort !== undefined && { reasoningEffort }),
    ...(model.provider === "groq" && serviceTier !== undefined && { serviceTier }),
  };
}

function refused(failure: Failure): Attempt {
  return { outcome: { kind: "failed", failure }, answered: false, maxCompletionTokens: 0 };
}
