import type { ChatModel } from "../core/dispatch/chatModel";
import type { KeyStore } from "../core/dispatch/credentials";
import { fail } from "../core/dispatch/failure";
import type { ModelList } from "../core/dispatch/modelList";

/** Groq's chat model; groq-sdk is loaded with the first request, not when the editor starts. */
export function lazyChatModel(keys: KeyStore, userAgent: string): ChatModel {
  return lazyModel(async () => {
    const { createGroqChatModel } = await import("../groq/groqChatModel");
    return createGroqChatModel(keys, userAgent);
  });
}

/** The second provider's chat model, loaded likewise. */
export function lazyFallbackModel(keys: KeyStore, userAgent: string): ChatModel {
  return lazyModel(async () => {
    const { createOpenAiChatModel } = await import("../openai/openAiChatModel");
    return createOpenAiChatModel(keys, userAgent);
  });
}

function lazyModel(make: () => Promise<ChatModel>): ChatModel {
  let model: ChatModel | undefined;
  return {
    async *stream(request, signal) {
      const made = model ?? (await make().catch(() => undefined));
      // Two first requests may have made one each.
      model ??= made;
      if (model === undefined)
        yield { kind: "failure", failure: { kind: "extensionChanged" }, billable: false };
      else yield* model.stream(request, signal);
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
