import type { ChatModel } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import { fail } from "../core/dispatch/failure";
import type { ModelList } from "../core/dispatch/modelList";

/** Groq's chat model; groq-sdk is loaded with the first request, not when the editor starts. */
export function lazyChatModel(keys: KeyStore, userAgent: string): ChatModel {
  return {
    async *stream(request, signal) {
      const loaded = await import("../groq/groqChatModel").catch(() => undefined);
      if (loaded === undefined) {
        yield { kind: "failure", failure: { kind: "extensionChanged" }, billable: false };
        return;
      }
      yield* loaded.createGroqChatModel(keys, userAgent).stream(request, signal);
    },
  };
}

/** The second provider's chat model, loaded likewise, and once: it learns which fields the service takes. */
export function lazyFallbackModel(keys: KeyStore, userAgent: string): ChatModel {
  let model: ChatModel | undefined;
  return {
    async *stream(request, signal) {
      const loaded = await import("../openai/openAiChatModel").catch(() => undefined);
      if (loaded === undefined) {
        yield { kind: "failure", failure: { kind: "extensionChanged" }, billable: false };
        return;
      }
      model ??= loaded.createOpenAiChatModel(keys, userAgent);
      yield* model.stream(request, signal);
    },
  };
}

/** Groq's model list, loaded likewise. */
export function lazyModelList(userAgent: string): ModelList {
  return {
    async list(credentials, signal) {
      const loaded = await import("../groq/groqModelList").catch(() => undefined);
      if (loaded === undefined) return fail({ kind: "extensionChanged" });
      return loaded.createGroqModelList(userAgent).list(credentials, signal);
    },
  };
}
