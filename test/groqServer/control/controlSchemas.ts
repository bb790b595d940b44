import { z } from "zod";
import { picodollars } from "../billing/picodollars";
import type { QueuedAnswer } from "../chat/answer";
import type { Fault } from "../faults/fault";
import type { FaultTarget } from "../faults/faultQueue";
import type { ModelLimits } from "../models/modelRow";

const count = z.int().min(0);

const executedTool = z.strictObject({
  type: z.enum(["browser_search", "code_interpreter"]),
  arguments: z.string(),
  output: z.string().exactOptional(),
  searchResults: z
    .array(z.strictObject({ title: z.string(), url: z.string(), content: z.string() }))
    .exactOptional(),
  durationMs: z.number().exactOptional(),
});

const error = {
  message: z.string(),
  type: z.string(),
  code: z.string().exactOptional(),
  param: z.string().exactOptional(),
  failed_generation: z.string().exactOptional(),
};

const delayMs = z.number().min(0).exactOptional();

/** A fault as JSON. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("delay"), delayMs }),
  z.strictObject({
    kind: z.literal("status"),
    delayMs,
    status: z.int().min(200).max(599),
    body: z.unknown().exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("error"),
    delayMs,
    error: z.enum([
      "unprocessable",
      "mcpAuthentication",
      "internal",
      "badGateway",
      "overCapacity",
      "gatewayTimeout",
    ]),
    model: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("proxyPage"), delayMs, status: z.int().exactOptional() }),
  z.strictObject({ kind: z.literal("agentRefused"), delayMs }),
  z.strictObject({ kind: z.literal("reset"), delayMs, afterEvents: count.exactOptional() }),
  z.strictObject({
    kind: z.literal("stall"),
    delayMs,
    afterEvents: count,
    forMs: z.number().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("cut"),
    delayMs,
    afterEvents: count,
    within: z.enum(["boundary", "event", "character"]),
    ending: z.enum(["clean", "abrupt"]).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("missingDone"), delayMs }),
  z.strictObject({
    kind: z.literal("errorEvent"),
    delayMs,
    afterEvents: count,
    error: z.strictObject({ ...error, status_code: z.int().exactOptional() }).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("stoppedEarly"),
    delayMs,
    afterEvents: count,
    message: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("garbage"), delayMs, afterEvents: count }),
  z.strictObject({
    kind: z.literal("slowDrip"),
    delayMs,
    bytes: z.int().min(1),
    everyMs: z.number().min(0),
  }),
  z.strictObject({ kind: z.literal("wrongLength"), delayMs, by: z.int() }),
]);

export const faultTargetSchema: z.ZodType<FaultTarget> = z.strictObject({
  path: z.string().exactOptional(),
  times: count.exactOptional(),
});

/** A queued answer as JSON. */
export const answerSchema: z.ZodType<QueuedAnswer> = z.strictObject({
  content: z.string().exactOptional(),
  reasoning: z.string().exactOptional(),
  toolCalls: z.array(z.strictObject({ name: z.string(), arguments: z.unknown() })).exactOptional(),
  executedTools: z.array(executedTool).exactOptional(),
  finishReason: z.enum(["stop", "length", "tool_calls"]).exactOptional(),
  chunks: z.array(z.string()).exactOptional(),
  toolUseFailed: z
    .strictObject({ failedGeneration: z.string(), message: z.string().exactOptional() })
    .exactOptional(),
  audioSeconds: z.number().exactOptional(),
  tokensPerSecond: z.number().positive().exactOptional(),
  fault: faultSchema.exactOptional(),
  model: z.string().exactOptional(),
  whenIncludes: z.string().exactOptional(),
});

export const limitsSchema: z.ZodType<ModelLimits> = z.strictObject({
  rpm: count.exactOptional(),
  rpd: count.exactOptional(),
  tpm: count.exactOptional(),
  tpd: count.exactOptional(),
  itpm: count.exactOptional(),
  otpm: count.exactOptional(),
  ash: count.exactOptional(),
  asd: count.exactOptional(),
});

export const elsewhereSchema = z.strictObject({
  requests: z.number().exactOptional(),
  inputTokens: z.number().exactOptional(),
  outputTokens: z.number().exactOptional(),
  audioSeconds: z.number().exactOptional(),
});

/** The part of a model that tests change: its life and its size. */
export const modelChangeSchema = z.strictObject({
  status: z.enum(["production", "preview", "retired"]).exactOptional(),
  contextWindow: count.exactOptional(),
  maxCompletionTokens: count.exactOptional(),
  tokensPerSecond: z.number().exactOptional(),
  promptCaching: z.boolean().exactOptional(),
});

/** `spendLimit` in USD, as a decimal string. */
export const organizationChangeSchema = z.strictObject({
  restricted: z.boolean().exactOptional(),
  blockedModels: z.array(z.string()).exactOptional(),
  projectBlockedModels: z.array(z.string()).exactOptional(),
  contractModels: z.array(z.string()).exactOptional(),
  spendLimit: z.string().transform(picodollars).exactOptional(),
});
