import type {
  ChatModel,
  ChatModelEvent,
  ChatRequest,
  FailureEvent,
} from "../core/dispatch/chatModel";
import type { Credentials, KeyStore } from "../core/dispatch/credentials";
import { recoverGeneration } from "../core/dispatch/recoverGeneration";
import type { ProviderId } from "../core/models/model";
import { ofProvider } from "./httpFailure";
import { isUsableKey } from "./usableKey";
import { withoutKey } from "./withoutKey";

/**
 * A chat model that looks up its key at each request and sends nothing without one. Before a failure is passed on, text that
 * can be recovered from it is emitted, and the key is removed from it, since a service or a proxy may repeat what it was sent.
 */
export function keyedChatModel(
  keys: KeyStore,
  provider: ProviderId,
  open: (
    credentials: Credentials,
    request: ChatRequest,
    signal: AbortSignal,
  ) => AsyncIterable<ChatModelEvent>,
): ChatModel {
  return {
    async *stream(request, signal) {
      const credentials = await keys.credentials();
      if (!credentials.ok) {
        yield { kind: "failure", failure: credentials.failure, billable: false };
        return;
      }
      const { apiKey } = credentials.value;
      if (!isUsableKey(apiKey)) {
        const failure = ofProvider({ kind: "invalidKey", detail: "" }, provider);
        yield { kind: "failure", failure, billable: false };
        return;
      }
      let said = "";
      const seen = new Set<ChatModelEvent["kind"]>();
      for await (const event of open(credentials.value, request, signal)) {
        seen.add(event.kind);
        if (event.kind === "text") said += event.text;
        if (event.kind !== "failure") {
          yield event;
          continue;
        }
        // With its finish and usage an answer is complete, however the connection ends.
        if (seen.has("finish") && seen.has("usage") && isOfConnection(event)) return;
        const text = recoverGeneration(event.failure, said);
        if (text !== "") yield { kind: "text", text };
        yield { ...event, failure: withoutKey(event.failure, apiKey) };
      }
    },
  };
}

function isOfConnection({ failure }: FailureEvent): boolean {
  return failure.kind === "cutOff" || failure.kind === "timedOut";
}
