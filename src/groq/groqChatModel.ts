import type { Groq } from "groq-sdk";
import type { ChatCompletionCreateParamsStreaming } from "groq-sdk/resources/chat/completions";
import type { ChatModel, ChatModelEvent, ChatRequest } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import { readChatStream } from "../http/chatStream";
import { createIdleTimer, defaultIdleMs } from "../http/idleTimer";
import { keyedChatModel } from "../http/keyedChatModel";
import { attemptFailure } from "./attemptFailure";
import { createGroqClient } from "./groqClient";
import { readReportedLimits } from "./reportedLimits";

/** Groq's chat completions, streamed; one HTTP request per call. */
export function createGroqChatModel(
  keys: KeyStore,
  userAgent: string,
  idleMs: number = defaultIdleMs,
): ChatModel {
  return keyedChatModel(keys, "groq", (credentials, request, signal) => {
    const client = createGroqClient(credentials, userAgent);
    return streamOnce(client, request, credentials.baseUrl, idleMs, signal);
  });
}

async function* streamOnce(
  client: Groq,
  request: ChatRequest,
  origin: string,
  idleMs: number,
  signal: AbortSignal,
): AsyncGenerator<ChatModelEvent, void> {
  using idle = createIdleTimer(idleMs, signal);
  let started = false;
  try {
    // The raw response: the SDK's own stream copies its buffer and awaits promises for each token.
    const response = await client.chat.completions
      .create(bodyOf(request), { signal: idle.signal })
      .asResponse();
    started = true;
    yield { kind: "limits", reported: readReportedLimits(response.headers) };
    yield* readChatStream(response, "groq", idle);
  } catch (error) {
    if (!signal.aborted && !idle.expired()) {
      yield attemptFailure({ error, started, origin, model: request.model });
      return;
    }
  }
  // An abort by the caller ends the stream silently: the caller knows why.
  if (idle.expired())
    yield { kind: "failure", failure: { kind: "timedOut", idleMs }, billable: true };
}

function bodyOf(request: ChatRequest): ChatCompletionCreateParamsStreaming {
  return {
    model: request.model,
    messages: [...request.messages],
    max_completion_tokens: request.maxCompletionTokens,
    stream: true,
    ...(request.reasoningEffort !== undefined && { reasoning_effort: request.reasoningEffort }),
    ...(request.serviceTier !== undefined && { service_tier: request.serviceTier }),
  };
}
