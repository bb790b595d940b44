import type { Groq } from "groq-sdk";
import type { ChatCompletionCreateParamsStreaming } from "groq-sdk/resources/chat/completions";
import type { ChatModel, ChatModelEvent, ChatRequest } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import { attemptFailure } from "./attemptFailure";
import { readChatChunk } from "./chatChunk";
import { createGroqClient } from "./groqClient";
import { createIdleTimer } from "./idleTimer";
import { readReportedLimits } from "./reportedLimits";

/** A stream that says nothing for this long is given up; Groq's answers start within a second or two. */
const idleTimeoutMs = 45_000;

/** Groq's chat completions, streamed; one HTTP request per call. */
export function createGroqChatModel(keys: KeyStore, userAgent: string): ChatModel {
  return {
    async *stream(request, signal) {
      const credentials = await keys.credentials();
      if (!credentials.ok) {
        yield { kind: "failure", failure: credentials.failure, billable: false };
        return;
      }
      const client = createGroqClient(credentials.value, userAgent);
      yield* streamOnce(client, request, credentials.value.baseUrl, signal);
    },
  };
}

async function* streamOnce(
  client: Groq,
  request: ChatRequest,
  origin: string,
  signal: AbortSignal,
): AsyncGenerator<ChatModelEvent, void> {
  using idle = createIdleTimer(idleTimeoutMs, signal);
  let started = false;
  try {
    const { data, response } = await client.chat.completions
      .create(bodyOf(request), { signal: idle.signal })
      .withResponse();
    started = true;
    yield { kind: "limits", reported: readReportedLimits(response.headers) };
    for await (const chunk of data) {
      idle.restart();
      const events = readChatChunk(chunk);
      if (events === undefined) {
        const detail = JSON.stringify(chunk).slice(0, 200);
        yield { kind: "failure", failure: { kind: "unreadableAnswer", detail }, billable: true };
        return;
      }
      yield* events;
    }
  } catch (error) {
    if (!signal.aborted && !idle.expired()) {
      yield attemptFailure({ error, started, origin, model: request.model });
      return;
    }
  }
  // An abort by the caller ends the stream without a word: the caller knows why.
  if (idle.expired())
    yield { kind: "failure", failure: { kind: "timedOut", idleMs: idleTimeoutMs }, billable: true };
}

function bodyOf(request: ChatRequest): ChatCompletionCreateParamsStreaming {
  return {
    model: request.model,
    messages: [...request.messages],
    max_completion_tokens: request.maxCompletionTokens,
    stream: true,
    ...(request.reasoningEffort !== undefined && { reasoning_effort: request.reasoningEffort }),
  };
}
