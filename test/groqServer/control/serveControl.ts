import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { GroqServer } from "../groqServer";
import { readBody } from "../http/readBody";
import { isRefusal } from "../http/refusal";
import {
  answerSchema,
  elsewhereSchema,
  faultSchema,
  faultTargetSchema,
  limitsSchema,
  modelChangeSchema,
  organizationChangeSchema,
} from "./controlSchemas";

/**
 * Where tests in other processes reach the server's control: `POST /__control/NAME` with a JSON
 * object calls what `GroqServer` calls by that name and answers its result as JSON, amounts of money
 * as decimal strings. 400 with a sentence for a body that does not fit. No key is asked for.
 */
export const controlPrefix = "/__control/";

type Act = (server: GroqServer, body: unknown) => unknown;

const acts: Readonly<Record<string, Act>> = {
  queueAnswer: act(answerSchema, (server, answer) => server.queueAnswer(answer)),
  queueFault: act(
    z.strictObject({ fault: faultSchema, target: faultTargetSchema.exactOptional() }),
    (server, { fault, target }) => server.queueFault(fault, target),
  ),
  setSwitches: act(z.record(z.string(), z.string()), (server, switches) =>
    server.setSwitches(switches),
  ),
  updateModel: act(
    z.strictObject({ id: z.string(), change: modelChangeSchema }),
    (server, { id, change }) => server.updateModel(id, change),
  ),
  updateOrganization: act(
    z.strictObject({ change: organizationChangeSchema, id: z.string().exactOptional() }),
    (server, { change, id }) => server.updateOrganization(change, id),
  ),
  changeLimits: act(
    z.strictObject({
      model: z.string(),
      limits: limitsSchema,
      at: z.number().exactOptional(),
      organization: z.string().exactOptional(),
    }),
    (server, { model, limits, at, organization }) =>
      server.changeLimits(model, limits, at, organization),
  ),
  useElsewhere: act(
    z.strictObject({
      model: z.string(),
      taken: elsewhereSchema,
      organization: z.string().exactOptional(),
    }),
    (server, { model, taken, organization }) => server.useElsewhere(model, taken, organization),
  ),
  useElsewhereSteadily: act(
    z.strictObject({
      model: z.string(),
      perMinute: elsewhereSchema,
      organization: z.string().exactOptional(),
    }),
    (server, { model, perMinute, organization }) =>
      server.useElsewhereSteadily(model, perMinute, organization),
  ),
  requests: act(z.strictObject({}), (server) => server.requests),
  bill: act(z.strictObject({ organization: z.string().exactOptional() }), (server, body) =>
    server.bill(body.organization),
  ),
  now: act(z.strictObject({}), (server) => server.clock.now()),
  advance: act(z.strictObject({ milliseconds: z.number().min(0) }), (server, { milliseconds }) =>
    server.clock.advance(milliseconds),
  ),
  whenSleeping: act(z.strictObject({ count: z.int().exactOptional() }), (server, { count }) =>
    server.clock.whenSleeping(count),
  ),
};

function act<Body>(schema: z.ZodType<Body>, run: (server: GroqServer, body: Body) => unknown): Act {
  return (server, body) => run(server, schema.parse(body));
}

/** Answers one request to the control. */
export async function serveControl(
  server: GroqServer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = (message.url ?? "").slice(controlPrefix.length);
  const run = acts[name];
  if (run === undefined || message.method !== "POST") {
    send(response, 404, { problem: `POST one of: ${Object.keys(acts).join(", ")}` });
    return;
  }
  try {
    const body = await readBody(message);
    const given: unknown = isRefusal(body) ? undefined : JSON.parse(body.toString() || "{}");
    send(response, 200, (await run(server, given)) ?? {});
  } catch (error) {
    send(response, 400, { problem: error instanceof Error ? error.message : String(error) });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  response.writeHead(status, { "content-type": "application/json" }).end(text);
}
