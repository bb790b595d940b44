import type { ChatModel, ChatModelEvent, ChatRequest } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import type { ServiceFailure } from "../core/dispatch/failure";
import { readChatStream } from "../http/chatStream";
import { httpFailureEvent, ofProvider } from "../http/httpFailure";
import { createIdleTimer, defaultIdleMs } from "../http/idleTimer";
import { keyedChatModel } from "../http/keyedChatModel";
import { networkFailure } from "../http/networkFailure";
import { completionsUrl } from "./endpoint";
import { post } from "./post";
import type { OutputCapName, Posted } from "./post";
import { readReportedLimits } from "./reportedLimits";

/**
 * The second provider: chat completions of any OpenAI-compatible service, streamed. One HTTP request per
 * call, except for services that do not know `max_tokens`: they refuse it unbilled, and are asked again
 * with `max_completion_tokens`, which is remembered.
 */
export function createOpenAiChatModel(
  keys: KeyStore,
  userAgent: string,
  idleMs: number = defaultIdleMs,
): ChatModel {
  const capNames = new Map<string, OutputCapName>();

  /** `max_tokens` first: services that are not OpenAI ignore the newer name, and the cap with it. */
  async function send(request: ChatRequest, to: Destination): Promise<Posted> {
    const key = `${to.url} ${request.model}`;
    const known = capNames.get(key) ?? "max_tokens";
    const first = await post(request, known, to);
    if (first.kind !== "capUnknown") return first;
    const other = known === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    const second = await post(request, other, to);
    if (second.kind === "answering") capNames.set(key, other);
    return second;
  }

  async function* stream(
    request: ChatRequest,
    to: Omit<Destination, "signal">,
    signal: AbortSignal,
  ): AsyncGenerator<ChatModelEvent, void> {
    using idle = createIdleTimer(idleMs, signal);
    let started = false;
    try {
      const posted = await send(request, { ...to, signal: idle.signal });
      if (posted.kind !== "answering") {
        const { model } = request;
        const refused = { ...posted.response, model, provider: "fallback" } as const;
        yield httpFailureEvent(refused, readReportedLimits(posted.response.headers));
        return;
      }
      started = true;
      const { response } = posted;
      yield { kind: "limits", reported: readReportedLimits(response.headers) };
      yield* readChatStream(response, "fallback", idle);
    } catch (error) {
      if (!signal.aborted && !idle.expired()) {
        yield networkFailure(error, { started, origin: to.origin, provider: "fallback" });
        return;
      }
    }
    // An abort by the caller ends the stream silently: the caller knows why.
    if (idle.expired()) yield failed({ kind: "timedOut", idleMs });
  }

  return keyedChatModel(keys, "fallback", ({ apiKey, baseUrl }, request, signal) => {
    const to = { url: completionsUrl(baseUrl), origin: baseUrl, apiKey, userAgent };
    return stream(request, to, signal);
  });
}

function failed(failure: ServiceFailure): ChatModelEvent {
  return { kind: "failure", failure: ofProvider(failure, "fallback"), billable: true };
}

interface Destination {
  readonly url: string;
  /** As the user knows it. */
  readonly origin: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}
