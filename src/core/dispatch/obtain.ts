import { uncachedUsage } from "../budget/price";
import type { Ticket } from "../limits/rateLimiter";
import { admit } from "./admission";
import type { WaitingEvent } from "./admission";
import { fail, succeed } from "./failure";
import type { Failure, Result } from "./failure";
import type { Reservation } from "./ledger";
import { needOf, prepare } from "./prepare";
import type { Prepared, PreparePorts } from "./prepare";
import { createReceipt } from "./receipt";
import type { Receipt } from "./receipt";
import type { DispatchTask } from "./task";

export interface ObtainPorts extends PreparePorts {
  readonly newId: () => string;
  /** The name of the open workspace, "" without one. */
  readonly workspace: () => string;
}

/** A request that may be sent: estimated, admitted, and its cost reserved under `id`. */
export interface Obtained {
  readonly prepared: Prepared;
  readonly maxCompletionTokens: number;
  readonly ticket: Ticket;
  readonly id: string;
  readonly receipt: Receipt;
}

/** How often a request is prepared anew because limits or budget changed while it waited. */
const mostTries = 3;

/**
 * Estimates a request, waits for its room in the limits and reserves its cost; `patienceMs` as `admit` takes it. What was
 * sized before a wait may not fit after it: it is then sized anew. A refusal has taken and reserved nothing.
 */
export async function* obtain(
  ports: ObtainPorts,
  task: DispatchTask,
  patienceMs: number,
  signal: AbortSignal,
): AsyncGenerator<WaitingEvent, Result<Obtained>> {
  const askedAtMs = ports.clock.monotonic();
  for (let tries = 1; ; tries++) {
    const prepared = await prepare(ports, task);
    if (!prepared.ok) return prepared;
    const { output } = prepared.value;
    if (!output.ok) return output;
    const maxCompletionTokens = output.value;
    const sized = { prepared: prepared.value, maxCompletionTokens, askedAtMs };
    const obtained = yield* obtainSized(ports, task, sized, patienceMs, signal);
    if (obtained.ok || !isOutOfDate(obtained.failure) || tries === mostTries) return obtained;
  }
}

/** `prepare` had found that there is enough. */
function isOutOfDate({ kind }: Failure): boolean {
  return kind === "tooLarge" || kind === "overCap";
}

interface Sized {
  readonly prepared: Prepared;
  readonly maxCompletionTokens: number;
  /** When the user asked, by the monotonic clock. */
  readonly askedAtMs: number;
}

async function* obtainSized(
  ports: ObtainPorts,
  task: DispatchTask,
  { prepared, maxCompletionTokens, askedAtMs }: Sized,
  patienceMs: number,
  signal: AbortSignal,
): AsyncGenerator<WaitingEvent, Result<Obtained>> {
  const { clock, ledger } = ports;
  const { account, limiter, caps, prompt } = prepared;
  const need = needOf(prompt, maxCompletionTokens);
  const admitted = yield* admit(clock, limiter, { need, task, patienceMs }, signal);
  if (!admitted.ok) return admitted;
  const ticket = admitted.value;

  const id = ports.newId();
  const sentAtMs = clock.monotonic();
  const receipt = createReceipt({
    price: task.model.price,
    worstCase: uncachedUsage(prompt.bound, maxCompletionTokens),
    sentAtMs,
    tellsUsage: task.model.provider === "groq",
  });
  const waitedMs = sentAtMs - askedAtMs;
  const reserved = await ledger.reserve(
    reservationOf(ports, task, { id, account, cost: receipt.worstCost, waitedMs }),
    caps,
  );
  if (reserved.ok && !signal.aborted)
    return succeed({ prepared, maxCompletionTokens, ticket, id, receipt });
  await limiter.note((buckets) => buckets.cancel(ticket));
  if (!reserved.ok) return reserved;
  await ledger.cancel(id);
  return fail({ kind: "stopped" });
}

function reservationOf(
  { clock, workspace }: ObtainPorts,
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
