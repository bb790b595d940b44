import type { Backend } from "../backend";
import type { ApiRequest, FaultyReply } from "../http/handler";
import { parseJsonBody } from "../http/parseJsonBody";
import { type Refusal, isRefusal } from "../http/refusal";
import { answerFromRules } from "../ruleModel/answerFromRules";
import { promptTokens } from "../tokens/promptTokens";
import { admitChat } from "./admitChat";
import { type AdmittedChat, chatReply } from "./chatReply";
import { checkForModel } from "./checkForModel";
import { validateChat } from "./validateChat";

/** `POST /openai/v1/chat/completions`. */
export function handleChat(backend: Backend, request: ApiRequest): FaultyReply | Refusal {
  const body = parseJsonBody(request.body);
  const chat = isRefusal(body) ? body : validateChat(body.value);
  if (isRefusal(chat)) return chat;
  const model = backend.models.usable(chat.model, request.organization);
  if (isRefusal(model)) return model;
  const prompt = promptTokens(chat, model, backend.clock.now());
  const unfit = checkForModel(chat, model, prompt.length);
  if (unfit !== undefined) return unfit;

  const cache = model.promptCaching ? backend.promptCache : undefined;
  const prefixOwner = `${request.organization.id} ${model.id}`;
  const cached = cache?.cachedPrefix(prefixOwner, prompt) ?? 0;
  const input = { prompt: prompt.length, cached };
  const place = admitChat(backend, { chat, model, input, organization: request.organization });
  if (isRefusal(place)) return place;
  cache?.remember(prefixOwner, prompt);

  const call: AdmittedChat = { request, chat, model, input, ...place };
  const answer = backend.answers.take(model.id, chat) ?? answerFromRules(chat, model);
  const reply = chatReply(backend, call, answer);
  return answer.fault === undefined ? { reply } : { reply, fault: answer.fault };
}
