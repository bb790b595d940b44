import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../backend";
import type { Fault } from "../faults/fault";
import { faultySteps } from "../faults/faultySteps";
import type { RequestLog } from "../requestLog";
import { authenticate, maskKey } from "./authenticate";
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
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** Answers one API request, faults included. Resolves when the answer has ended, however it did. */
export async function serveRequest(
  serving: Serving,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { backend, log } = serving;
  const id = backend.identifiers.request();
  const path = new URL(message.url ?? "/", "http://localhost").pathname;
  const body = await readBody(message);
  const organization = authenticate(message.headers.authorization, backend.organizations);
  log.add({
    id,
    at: backend.clock.now(),
    method: message.method ?? "",
    path,
    headers: shownHeaders(message),
    body: isRefusal(body) ? undefined : shownBody(body),
    organization: isRefusal(organization) ? undefined : organization.id,
  });
  const { reply, fault, code } = await decide();
  const signal = AbortSignal.any([serving.signal, whenClosed(response)]);
  const steps = withStandardHeaders(faultySteps(reply, fault), id);
  const finish = await playSteps(steps, response, backend.clock, signal);
  const status = reply.kind === "body" ? reply.status : 200;
  log.finish(id, { status, code, fault: fault?.kind, finish });

  async function decide(): Promise<FaultyReply & { code: string | undefined }> {
    const queued = frontFault(backend, message) ?? backend.faults.take(path);
    const handled = await handle();
    if (isRefusal(handled)) {
      return faulty({ reply: refusalReply(handled) }, queued, handled.error.code);
    }
    return faulty("reply" in handled ? handled : { reply: handled }, queued, undefined);
  }

  async function handle(): Promise<FaultyReply | Reply | Refusal> {
    if (isRefusal(body)) return body;
    if (isRefusal(organization)) return organization;
    const route = findRoute(message.method ?? "", path);
    if (isRefusal(route)) return route;
    const contentType = message.headers["content-type"] ?? "";
    const request = { id, method: message.method ?? "", path, organization, contentType, body };
    return route.handler(backend, request, route.parameter);
  }
}

function faulty(
  answered: FaultyReply,
  queued: Fault | undefined,
  code: string | undefined,
): FaultyReply & { code: string | undefined } {
  const fault = queued ?? answered.fault;
  return { reply: answered.reply, ...(fault !== undefined && { fault }), code };
}

/** Groq's front refuses some agents; minified clients announce themselves as `f/JS 1.6.0`. */
function frontFault(backend: Backend, message: IncomingMessage): Fault | undefined {
  if (backend.switches.userAgents === "accepted") return undefined;
  const product = /^[^\s/]*/.exec(message.headers["user-agent"] ?? "")?.[0] ?? "";
  return product.length <= 1 ? { kind: "agentRefused" } : undefined;
}

/** Headers that every answer of Groq carries (seen in public threads, read 2026-10). */
function* withStandardHeaders(steps: Iterable<WireStep>, id: string): Generator<WireStep, void> {
  for (const step of steps) {
    if (step.kind !== "head") {
      yield step;
      continue;
    }
    const standard = {
      "cache-control": "private, max-age=0, no-store, no-cache, must-revalidate",
      vary: "Origin",
      "x-groq-region": "local",
      "x-request-id": id,
    };
    yield { ...step, headers: { ...standard, ...step.headers } };
  }
}

function whenClosed(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort(new Error("the client has left")));
  return controller.signal;
}

function shownHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    const text = Array.isArray(value) ? value.join(", ") : (value ?? "");
    headers[name] = name === "authorization" ? maskKey(text) : text;
  }
  return headers;
}

function shownBody(body: Buffer): unknown {
  const text = body.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
