import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../backend";
import { checkSpendLimit } from "../billing/spendLimit";
import type { Fault } from "../faults/fault";
import { faultySteps } from "../faults/faultySteps";
import type { RecordedRequest } from "../recording/exchange";
import type { Recorder } from "../recording/recorder";
import type { Replayer } from "../recording/replayer";
import { type RequestLog, type RequestOutcome, readableBody, readableHeaders } from "../requestLog";
import { authenticate } from "./authenticate";
import type { FaultyReply } from "./handler";
import { playSteps } from "./playSteps";
import { readBody } from "./readBody";
import { type Refusal, isRefusal } from "./refusal";
import { type Reply, refusalReply } from "./reply";
import { findRoute } from "./routes";
import type { WireStep } from "./wireStep";

/** What serving a request needs besides the request. */
export interface Serving {
  readonly backend: Backend;
  readonly log: RequestLog;
  readonly recorder: Recorder | undefined;
  readonly replayer: Replayer | undefined;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** A request as it came in. */
interface Arrival {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly message: IncomingMessage;
  readonly body: Buffer | Refusal;
}

/** What is going to be done on the connection, and how the log tells it. */
interface Plan {
  readonly steps: Iterable<WireStep>;
  readonly outcome: Omit<RequestOutcome, "finish">;
}

/** Answers one API request, faults included. Resolves when the answer has ended, however it did. */
export async function serveRequest(
  serving: Serving,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { backend, log, recorder, replayer } = serving;
  const arrival: Arrival = {
    id: backend.identifiers.request(),
    method: message.method ?? "",
    path: new URL(message.url ?? "/", "http://localhost").pathname,
    message,
    body: await readBody(message),
  };
  const { id, method, path } = arrival;
  const headers = readableHeaders(message.headers);
  const body = isRefusal(arrival.body) ? undefined : readableBody(arrival.body);
  log.add({ id, at: backend.clock.now(), method, path, headers, body });
  const plan = replayer === undefined ? await live(backend, arrival) : replayed(replayer, arrival);
  const steps = recorder?.record(recordedRequest(arrival), plan.steps) ?? plan.steps;
  const signal = AbortSignal.any([serving.signal, whenClosed(response)]);
  const finish = await playSteps(steps, response, backend.clock, signal);
  log.finish(arrival.id, { ...plan.outcome, finish });
}

function replayed(replayer: Replayer, arrival: Arrival): Plan {
  const steps = replayer.steps(recordedRequest(arrival));
  const head = steps.find((step) => step.kind === "head");
  return { steps, outcome: { status: head?.status ?? 0, code: undefined, fault: undefined } };
}

async function live(backend: Backend, arrival: Arrival): Promise<Plan> {
  const queued = frontFault(backend, arrival) ?? backend.faults.take(arrival.path);
  const handled = await handle(backend, arrival);
  const refused = isRefusal(handled);
  const { reply, fault: own } = refused ? { reply: refusalReply(handled) } : asFaulty(handled);
  const fault = queued ?? own;
  return {
    steps: withStandardHeaders(faultySteps(reply, fault), arrival.id),
    outcome: {
      status: reply.kind === "body" ? reply.status : 200,
      code: refused ? handled.error.code : undefined,
      fault: fault?.kind,
    },
  };
}

async function handle(backend: Backend, arrival: Arrival): Promise<FaultyReply | Reply | Refusal> {
  const { id, method, path, message, body } = arrival;
  if (isRefusal(body)) return body;
  const organization = authenticate(message.headers.authorization, backend.organizations);
  if (isRefusal(organization)) return organization;
  const route = findRoute(method, path);
  if (isRefusal(route)) return route;
  const { ledger, switches, clock } = backend;
  const blocked =
    method === "POST" &&
    checkSpendLimit(organization, ledger, switches.spendLimitCode, clock.now());
  if (blocked) return blocked;
  const contentType = message.headers["content-type"] ?? "";
  const request = { id, method, path, organization, contentType, body };
  return route.handler(backend, request, route.parameter);
}

function asFaulty(handled: FaultyReply | Reply): { reply: Reply; fault?: Fault } {
  return "reply" in handled ? handled : { reply: handled };
}

/** Groq's front refuses some agents; minified clients announce themselves as `f/JS 1.6.0`. */
function frontFault(backend: Backend, arrival: Arrival): Fault | undefined {
  if (backend.switches.userAgents === "accepted") return undefined;
  const product = /^[^\s/]*/.exec(arrival.message.headers["user-agent"] ?? "")?.[0] ?? "";
  return product.length <= 1 ? { kind: "agentRefused" } : undefined;
}

/** Headers that every answer of Groq carries (seen in public threads, read 2026-10). */
function* withStandardHeaders(steps: Iterable<WireStep>, id: string): Generator<WireStep, void> {
  const standard = {
    "cache-control": "private, max-age=0, no-store, no-cache, must-revalidate",
    vary: "Origin",
    "x-groq-region": "local",
    "x-request-id": id,
  };
  for (const step of steps) {
    yield step.kind === "head" ? { ...step, headers: { ...standard, ...step.headers } } : step;
  }
}

function recordedRequest({ method, path, message, body }: Arrival): RecordedRequest {
  const form = message.headers["content-type"]?.startsWith("multipart/") === true;
  return { method, path, body: form || isRefusal(body) ? "multipart" : readableBody(body) };
}

function whenClosed(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => controller.abort(new Error("the client has left"));
  if (response.destroyed) leave();
  else response.once("close", leave);
  return controller.signal;
}
