import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { GroqServerControl } from "../groqServerControl";
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
 * object does what `GroqServerControl` does by that name and answers its result as JSON, amounts of money
 * as decimal strings. 400 with a sentence for a body that does not fit. No key is asked for.
 */
export const controlPrefix = "/__control/";

type Act = (control: GroqServerControl, body: unknown) => unknown;

const acts: Readonly<Record<string, Act>> = {
  queueAnswer: act(answerSchema, (control, answer) => control.queueAnswer(answer)),
  queueFault: act(
    z.strictObject({ fault: faultSchema, target: faultTargetSchema.exactOptional() }),
    (control, { fault, target }) => control.queueFault(fault, target),
  ),
  setSwitches: act(z.record(z.string(), z.string()), (control, switches) =>
    control.setSwitches(switches),
  ),
  updateModel: act(
    z.strictObject({ id: z.string(), change: modelChangeSchema }),
    (control, { id, change }) => control.updateModel(id, change),
  ),
  updateOrganization: act(
    z.strictObject({ change: organizationChangeSchema, id: z.string().exactOptional() }),
    (control, { change, id }) => control.updateOrganization(change, id),
  ),
  changeLimits: act(
    z.strictObject({
      model: z.string(),
      limits: limitsSchema,
      at: z.number().exactOptional(),
      organization: z.string().exactOptional(),
    }),
    (control, { model, limits, at, organization }) =>
      control.changeLimits(model, limits, at, organization),
  ),
  useElsewhere: act(
    z.strictObject({
      model: z.string(),
      taken: elsewhereSchema,
      organization: z.string().exactOptional(),
    }),
    (control, { model, taken, organization }) => control.useElsewhere(model, taken, organization),
  ),
  useElsewhereSteadily: act(
    z.strictObject({
      model: z.string(),
      perMinute: elsewhereSchema,
      organization: z.string().exactOptional(),
    }),
    (control, { model, perMinute, organization }) =>
      control.useElsewhereSteadily(model, perMinute, organization),
  ),
  requests: act(z.strictObject({}), (control) => control.requests),
  bill: act(z.strictObject({ organization: z.string().exactOptional() }), (control, body) =>
    control.bill(body.organization),
  ),
  now: act(z.strictObject({}), (control) => control.clock.now()),
  advance: act(z.strictObject({ milliseconds: z.number().min(0) }), (control, { milliseconds }) =>
    control.clock.advance(milliseconds),
  ),
  whenSleeping: act(z.strictObject({ count: z.int().exactOptional() }), (control, { count }) =>
    control.clock.whenSleeping(count),
  ),
};

function act<Body>(
  schema: z.ZodType<Body>,
  run: (control: GroqServerControl, body: Body) => unknown,
): Act {
  return (control, body) => run(control, schema.parse(body));
}

/** Answers one request to the control. */
export async function serveControl(
  control: GroqServerControl,
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
    send(response, 200, (await run(control, given)) ?? {});
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
