import { believable } from "../limits/limits";
import type { RefusedFor, RefusedLimit } from "../limits/limits";
import type { Ticket } from "../limits/rateLimiter";
import type { SharedLimiter } from "../limits/sharedLimiter";
import type { Model } from "../models/model";
import type { WaitingEvent } from "./admission";
import { learnFromPrompt } from "../tokens/promptEstimate";
import type { ChatModel, ChatModelEvent, ChatRequest, FailureEvent } from "./chatModel";
import type { Failure } from "./failure";
import type { Ledger } from "./ledger";
import { obtain } from "./obtain";
import type { Obtained, ObtainPorts } from "./obtain";
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

export interface AttemptPorts extends ObtainPorts {
  readonly chatModelFor: (model: Model) => ChatModel;
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
  const obtained = yield* obtain(ports, task, patienceMs, signal);
  if (!obtained.ok) return refused(obtained.failure);
  const sent = obtained.value;
  const { id, ticket, maxCompletionTokens, receipt } = sent;
  const { limiter } = sent.prepared;

  // A caller that stops reading ends this generator at a yield: `finally` settles the call all the same.
  let outcome: DispatchOutcome;
  let answered = false;
  const noted: Promise<void>[] = [];
  try {
    yield { kind: "sent", model: task.model.id, maxCompletionTokens };
    const request = requestOf(task, maxCompletionTokens);
    for await (const event of ports.chatModelFor(task.model).stream(request, signal)) {
      receipt.note(event, clock.monotonic());
      if (event.kind === "text" || event.kind === "reasoning") {
        answered = true;
        yield event;
        // Not awaited before the end: the answer must not pause for the store.
      } else noted.push(noteEvent(ports, task, sent, event));
    }
  } finally {
    outcome = receipt.outcome(signal.aborted, clock.monotonic());
    await Promise.all([...noted, giveBack(limiter, ticket, outcome), book(ledger, id, outcome)]);
  }
  return { outcome, answered, maxCompletionTokens };
}

/** Tells the limiter what it can learn from an event; a ticket that has ended is ignored there. */
async function noteEvent(
  ports: AttemptPorts,
  task: DispatchTask,
  { prepared, maxCompletionTokens, ticket }: Obtained,
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
  const told = toldBy(failure);
  if (told !== undefined)
    return limiter.note((buckets, nowMs) => buckets.refused(ticket, told, reported, nowMs));
  if (Object.keys(reported).length > 0)
    await limiter.note((buckets, nowMs) => buckets.headers(ticket, reported, nowMs));
}

/** What a refusal for a limit tells: its numbers, or else only its wait. */
function toldBy(failure: Failure): RefusedLimit | RefusedFor | undefined {
  const told = refusedLimit(failure);
  if (told !== undefined || failure.kind !== "rateLimited") return told;
  return { waitMs: failure.retryAfterMs };
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
