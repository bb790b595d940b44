import type { ChatModel, ChatModelEvent, ChatRequest } from "../../../src/core/dispatch/chatModel";
import type { Failure } from "../../../src/core/dispatch/failure";
import { uncachedUsage } from "../../../src/core/budget/price";
import type { ProviderId } from "../../../src/core/models/model";
import { createReceipt } from "../../../src/core/dispatch/receipt";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { createOpenAiChatModel } from "../../../src/openai/openAiChatModel";
import { FixedKey } from "../../fakes/fixedKey";

/** Long enough for a busy machine. */
const patientMs = 10_000;

/** Both clients, made to ask one server: the stand-in serves the second provider's dialect, too. */
export const services = [
  {
    name: "Groq",
    provider: "groq",
    ask: (origin: string, idleMs = patientMs): ChatModel =>
      createGroqChatModel(new FixedKey(origin), "groq-coder/test", idleMs),
  },
  {
    name: "the second provider",
    provider: "fallback",
    ask: (origin: string, idleMs = patientMs): ChatModel =>
      createOpenAiChatModel(new FixedKey(`${origin}/openai/v1`), "groq-coder/test", idleMs),
  },
] as const;

export const request: ChatRequest = {
  model: "openai/gpt-oss-20b",
  messages: [
    { role: "system", content: "Answer briefly." },
    { role: "user", content: "Say something." },
  ],
  maxCompletionTokens: 600,
};

/** How the dispatcher would book these events: `complete`, or the kind of the failure. */
export function outcomeOf(
  events: readonly ChatModelEvent[],
  provider: ProviderId = "groq",
): "complete" | Failure["kind"] {
  const receipt = createReceipt({
    price: undefined,
    worstCase: uncachedUsage(100, 600),
    sentAtMs: 0,
    tellsUsage: provider === "groq",
  });
  for (const event of events) receipt.note(event, 0);
  const outcome = receipt.outcome(false, 0);
  return outcome.kind === "complete" ? "complete" : outcome.failure.kind;
}

export function textOf(events: readonly ChatModelEvent[]): string {
  return events.map((event) => (event.kind === "text" ? event.text : "")).join("");
}
