import * as z from "zod/mini";
import type { ChatModelEvent, FinishReason } from "../core/dispatch/chatModel";
import type { Usage } from "../core/budget/price";
import type { ProviderId } from "../core/models/model";
import { classifyStreamError } from "./httpFailure";
import { patchCallText } from "./patchCall";

/** No model takes more in, or gives more out: a larger number counts nothing, and would close limits for years. */
const mostTokens = 10_000_000;
const count = z.int().check(z.nonnegative(), z.maximum(mostTokens));

/** A value that is not a count is left out; without the two that matter no usage was reported. */
const detail = z.catch(z.nullish(count), undefined);

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.catch(z.nullish(z.object({ cached_tokens: detail })), undefined),
  completion_tokens_details: z.catch(z.nullish(z.object({ reasoning_tokens: detail })), undefined),
});
const reportedUsage = z.catch(z.nullish(usageSchema), undefined);

const callSchema = z.object({ name: z.string(), arguments: z.string() });

const partSchema = z.nullish(
  z.object({
    content: z.nullish(z.string()),
    reasoning: z.nullish(z.string()),
    tool_calls: z.catch(z.nullish(z.array(z.object({ function: callSchema }))), undefined),
  }),
);

const chunkSchema = z.object({
  choices: z.nullish(
    z.array(
      z.object({
        delta: partSchema,
        /** In place of `delta` in an answer that is not streamed. */
        message: partSchema,
        finish_reason: z.nullish(z.string()),
      }),
    ),
  ),
  usage: reportedUsage,
  x_groq: z.nullish(z.object({ usage: reportedUsage, error: z.optional(z.unknown()) })),
});

/**
 * Reads one parsed chunk of a streamed completion, or a completion that came whole, with Groq's additions, which other
 * services do not send; undefined if it has neither's shape.
 */
export function readChatChunk(
  chunk: unknown,
  provider: ProviderId,
): readonly ChatModelEvent[] | undefined {
  const parsed = chunkSchema.safeParse(chunk);
  if (!parsed.success) return undefined;
  const { choices, usage, x_groq } = parsed.data;
  // A chunk that brings no part of an answer may leave out the list of its choices.
  if (choices === undefined && !usage && !x_groq) return undefined;
  const events: ChatModelEvent[] = [];
  const choice = choices?.[0];
  const part = choice?.delta ?? choice?.message;
  if (part?.reasoning) events.push({ kind: "reasoning", text: part.reasoning });
  if (part?.content) events.push({ kind: "text", text: part.content });
  const patches = part?.tool_calls?.map((call) => patchCallText(call.function)).join("");
  if (patches) events.push({ kind: "text", text: patches });
  if (choice?.finish_reason)
    events.push({ kind: "finish", reason: finishReason(choice.finish_reason) });
  // The same usage comes up to three times; it is noted, not added.
  const reported = usage ?? x_groq?.usage;
  if (reported) events.push({ kind: "usage", usage: usageOf(reported) });
  if (x_groq?.error) {
    const failure = classifyStreamError(x_groq.error, provider);
    events.push({ kind: "failure", failure, billable: true });
  }
  return events;
}

/** A part is capped at its whole, since limits and money are calculated with the difference. */
function usageOf(reported: z.infer<typeof usageSchema>): Usage {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = reported;
  const cached = reported.prompt_tokens_details?.cached_tokens ?? 0;
  const reasoning = reported.completion_tokens_details?.reasoning_tokens ?? 0;
  return {
    promptTokens,
    cachedTokens: Math.min(cached, promptTokens),
    completionTokens,
    reasoningTokens: Math.min(reasoning, completionTokens),
  };
}

/** An unknown reason counts as `length`: the answer is shown, but not as complete. */
function finishReason(reason: string): FinishReason {
  switch (reason) {
    case "stop":
    case "tool_calls":
    case "content_filter":
      return reason;
    default:
      return "length";
  }
}
