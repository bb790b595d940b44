import type { ChatModelEvent, FailureEvent } from "../core/dispatch/chatModel";
import type { ServiceFailure } from "../core/dispatch/failure";
import type { ProviderId } from "../core/models/model";
import { isRecord, parseJson } from "../core/unchecked";
import { readBodyText } from "./bodyText";
import { readChatChunk } from "./chatChunk";
import { classifyStreamError, ofProvider } from "./httpFailure";
import type { IdleTimer } from "./idleTimer";
import { readServerEvents } from "./serverEvents";

/** Characters of an answer that came whole: more than any model writes. */
const longestWhole = 4_000_000;

/**
 * Reads a streamed completion to its `[DONE]`, its first failure, or the end of its body. Neighbouring text that came in
 * together is one event: on its way through the gate each costs the same, whatever it carries. An answer that comes whole,
 * as JSON, is read too. Throws where the body breaks off.
 */
export async function* readChatStream(
  { headers, body }: Pick<Response, "headers" | "body">,
  provider: ProviderId,
  idle: IdleTimer,
): AsyncGenerator<ChatModelEvent, void> {
  const contentType = headers.get("content-type") ?? "";
  if (body !== null && /^text\/event-stream\b/i.test(contentType))
    yield* readEvents(body, provider, idle);
  else if (body !== null && /^application\/json\b/i.test(contentType))
    yield* await readWhole(body, provider, idle);
  // A page of something in between.
  else yield unreadable(contentType, provider);
}

/** Of a service, or of something in between, that does not stream. */
async function readWhole(
  body: ReadableStream<Uint8Array>,
  provider: ProviderId,
  idle: IdleTimer,
): Promise<readonly ChatModelEvent[]> {
  const whole = await readBodyText(body, longestWhole, () => idle.restart());
  const events = readTogether([whole], provider);
  return events.length > 0 ? events : [unreadable(whole, provider)];
}

async function* readEvents(
  body: ReadableStream<Uint8Array>,
  provider: ProviderId,
  idle: IdleTimer,
): AsyncGenerator<ChatModelEvent, void> {
  const seen = new Set<ChatModelEvent["kind"]>();
  // Groq tells it once, at the end. Another service may count along: of an answer that breaks off, that is too little.
  let soFar: ChatModelEvent | undefined;
  for await (const together of readServerEvents(body, idle)) {
    const end = together.findIndex((data) => data.startsWith("[DONE]"));
    const isDone = end !== -1;
    for (const event of readTogether(isDone ? together.slice(0, end) : together, provider)) {
      if (event.kind === "usage" && provider !== "groq" && !seen.has("finish")) {
        soFar = event;
        continue;
      }
      seen.add(event.kind);
      yield event;
    }
    if (seen.has("failure")) return;
    if (isDone) break;
  }
  if (soFar !== undefined && seen.has("finish") && !seen.has("usage")) yield soFar;
}

/** Up to the first failure. */
function readTogether(datas: readonly string[], provider: ProviderId): readonly ChatModelEvent[] {
  const events: ChatModelEvent[] = [];
  for (const data of datas) {
    for (const event of readEvent(data, provider)) {
      const last = events.at(-1);
      if (last !== undefined && isText(last) && isText(event) && last.kind === event.kind)
        events[events.length - 1] = { kind: event.kind, text: last.text + event.text };
      else events.push(event);
      if (event.kind === "failure") return events;
    }
  }
  return events;
}

function isText(
  event: ChatModelEvent,
): event is Extract<ChatModelEvent, { kind: "reasoning" | "text" }> {
  return event.kind === "reasoning" || event.kind === "text";
}

function readEvent(data: string, provider: ProviderId): readonly ChatModelEvent[] {
  const chunk = parseJson(data);
  if (isRecord(chunk) && "error" in chunk && chunk["error"] !== null)
    return [failed(classifyStreamError(chunk["error"], provider))];
  return readChatChunk(chunk, provider) ?? [unreadable(data, provider)];
}

function unreadable(text: string, provider: ProviderId): FailureEvent {
  const failure = { kind: "unreadableAnswer", detail: text.slice(0, 200) } as const;
  return failed(ofProvider(failure, provider));
}

/** After a 200 the model has worked: its tokens may be billed. */
function failed(failure: ServiceFailure): FailureEvent {
  return { kind: "failure", failure, billable: true };
}
