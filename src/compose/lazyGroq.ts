import type { ChatModel } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import type { ModelList } from "../core/dispatch/modelList";

/** Groq's chat model; groq-sdk is loaded with the first request, not when the editor starts. */
export function lazyChatModel(keys: KeyStore, userAgent: string): ChatModel {
  return {
    async *stream(request, signal) {
      const { createGroqChatModel } = await import("../groq/groqChatModel");
      yield* createGroqChatModel(keys, userAgent).stream(request, signal);
    },
  };
}

/** Groq's model list, loaded likewise. */
export function lazyModelList(userAgent: string): ModelList {
  return {
    async list(credentials, signal) {
      const { createGroqModelList } = await import("../groq/groqModelList");
      return createGroqModelList(userAgent).list(credentials, signal);
    },
  };
}
