import type { Backend } from "../backend";
import { batchPrice } from "../billing/prices";
import { checkForModel } from "../chat/checkForModel";
import { chatUsage, answerTimes } from "../chat/chatReply";
import type { ChatRequest } from "../chat/chatRequest";
import { completionBody, reasoningView } from "../chat/completionView";
import { generate } from "../chat/generation";
import { validateChat } from "../chat/validateChat";
import { type Refusal, badRequest, isRefusal } from "../http/refusal";
import type { ModelRow } from "../models/modelRow";
import type { Organization } from "../organization";
import { answerFromRules } from "../ruleModel/answerFromRules";
import { promptTokens } from "../tokens/promptTokens";
import type { BatchLine } from "./batch";

/** A line that has been run, as JSON for the output or the error file. */
export interface LineResult {
  readonly succeeded: boolean;
  readonly json: string;
}

/**
 * Answers one line at `at` (milliseconds since the epoch) and charges half its price. Batches have
 * limits of their own, which no page quantifies: none are applied. Nothing counts as cached.
 */
export function runBatchLine(
  backend: Backend,
  organization: Organization,
  line: BatchLine,
  at: number,
): LineResult {
  const requestId = backend.identifiers.request();
  const answered = answerLine(backend, organization, { line, at, requestId });
  const refused = isRefusal(answered);
  const response = {
    status_code: refused ? answered.status : 200,
    request_id: requestId,
    body: refused ? { error: answered.error } : answered,
  };
  const id = backend.identifiers.batchLine();
  const json = JSON.stringify({ id, custom_id: line.customId, response, error: null });
  return { succeeded: !refused, json };
}

/** The error-file line of a request that the batch never came to. */
export function unreachedLine(backend: Backend, line: BatchLine, code: string): string {
  return JSON.stringify({
    id: backend.identifiers.batchLine(),
    custom_id: line.customId,
    response: null,
    error: { code, message: "This request was not executed before the batch ended." },
  });
}

function answerLine(
  backend: Backend,
  organization: Organization,
  run: { line: BatchLine; at: number; requestId: string },
): object | Refusal {
  const chat = validateChat(run.line.body);
  if (isRefusal(chat)) return chat;
  if (chat.stream === true) return badRequest("streaming is not supported in batches");
  const model = backend.models.usable(chat.model, organization);
  if (isRefusal(model)) return model;
  const prompt = promptTokens(chat, model, run.at).length;
  const unfit = checkForModel(chat, model, prompt);
  if (unfit !== undefined) return unfit;
  return complete(backend, organization, { ...run, chat, model, prompt });
}

function complete(
  backend: Backend,
  organization: Organization,
  run: { at: number; requestId: string; chat: ChatRequest; model: ModelRow; prompt: number },
): object | Refusal {
  const { at, requestId, chat, model, prompt } = run;
  const answer = backend.answers.take(model.id, chat) ?? answerFromRules(chat, model);
  const generation = generate(answer, chat, model, backend.identifiers);
  const completion = generation.completionTokens;
  const call = { input: { prompt, cached: 0 }, model };
  backend.ledger.charge(organization.id, {
    at,
    requestId,
    model: model.id,
    kind: "batch",
    promptTokens: prompt,
    cachedTokens: 0,
    completionTokens: completion,
    audioSeconds: 0,
    amount: batchPrice(model.price, { prompt, cached: 0, completion }),
  });
  if (generation.failure !== undefined) {
    return { kind: "refusal", status: 400, error: generation.failure } satisfies Refusal;
  }
  const identity = {
    id: backend.identifiers.completion(),
    requestId,
    created: Math.floor(at / 1_000),
    model: model.id,
    tier: "batch",
    seed: chat.seed ?? 1_234,
  };
  const usage = chatUsage(call, generation, answerTimes("unlimited", call, generation));
  const { toolCallContent } = backend.switches;
  const view = { reasoning: reasoningView(chat, model), toolCallContent };
  return completionBody(identity, generation, view, usage);
}
