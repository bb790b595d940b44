import type { Backend } from "../backend";
import { audioPrice, billedAudioSeconds } from "../billing/prices";
import type { ApiRequest, FaultyReply } from "../http/handler";
import { parseForm } from "../http/parseForm";
import { type Refusal, badRequest, isRefusal } from "../http/refusal";
import { type BodyReply, type Delivery, jsonReply } from "../http/reply";
import type { ModelRow } from "../models/modelRow";
import { standInNotice } from "../ruleModel/answerFromRules";
import { type AudioRequest, type AudioTask, readAudioRequest } from "./audioRequest";
import { transcriptView } from "./transcriptView";

/** `POST /openai/v1/audio/transcriptions`. */
export function handleTranscription(
  backend: Backend,
  request: ApiRequest,
): Promise<FaultyReply | Refusal> {
  return handleAudio(backend, request, "transcribe");
}

/** `POST /openai/v1/audio/translations`, into English. */
export function handleTranslation(
  backend: Backend,
  request: ApiRequest,
): Promise<FaultyReply | Refusal> {
  return handleAudio(backend, request, "translate");
}

async function handleAudio(
  backend: Backend,
  request: ApiRequest,
  task: AudioTask,
): Promise<FaultyReply | Refusal> {
  const form = await parseForm(request.body, request.contentType);
  if (isRefusal(form)) return form;
  const audio = await readAudioRequest(form, task, request.organization);
  if (isRefusal(audio)) return audio;
  const model = backend.models.usable(audio.model, request.organization);
  if (isRefusal(model)) return model;
  const unfit = checkModel(model, task);
  if (unfit !== undefined) return unfit;

  const answer = backend.answers.take(model.id, audio) ?? { content: standInNotice };
  const seconds = answer.audioSeconds ?? audio.seconds;
  const billedSeconds = billedAudioSeconds(model, seconds);
  const admission = backend.limiter.admit({
    organization: request.organization,
    model,
    tier: "on_demand",
    inputTokens: 0,
    outputTokens: 0,
    audioSeconds: billedSeconds,
  });
  if (isRefusal(admission)) return admission;

  const settle = (delivery: Delivery): void => {
    if (delivery.kind === "failed") {
      admission.settle({ inputTokens: 0, outputTokens: 0, audioSeconds: 0 });
    } else {
      charge(backend, request, model, billedSeconds);
    }
  };
  const spoken = { text: answer.content ?? "", seconds, task };
  const reply = { ...audioReply(request, audio, spoken), headers: admission.headers, settle };
  return answer.fault === undefined ? { reply } : { reply, fault: answer.fault };
}

/** Only `whisper-large-v3` translates; the wordings are not quoted anywhere. */
function checkModel(model: ModelRow, task: AudioTask): Refusal | undefined {
  if (model.kind !== "transcription") {
    return badRequest(`The model \`${model.id}\` does not support audio`, { param: "model" });
  }
  if (task === "translate" && !model.translates) {
    return badRequest(`The model \`${model.id}\` does not support translation`, { param: "model" });
  }
  return undefined;
}

function audioReply(
  request: ApiRequest,
  audio: AudioRequest,
  spoken: { text: string; seconds: number; task: AudioTask },
): BodyReply {
  switch (audio.format) {
    case "text":
      return { ...jsonReply(200, {}), contentType: "text/plain; charset=utf-8", body: spoken.text };
    case "json":
      return jsonReply(200, { text: spoken.text, x_groq: { id: request.id } });
    case "verbose_json":
      return jsonReply(200, { ...transcriptView(audio, spoken), x_groq: { id: request.id } });
  }
}

function charge(
  backend: Backend,
  request: ApiRequest,
  model: ModelRow,
  billedSeconds: number,
): void {
  backend.ledger.charge(request.organization.id, {
    at: backend.clock.now(),
    requestId: request.id,
    model: model.id,
    kind: "audio",
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    audioSeconds: billedSeconds,
    amount: audioPrice(model.price, billedSeconds),
  });
}
