import * as z from "zod/mini";
import { fail, succeed } from "../core/dispatch/failure";
import type { ModelList } from "../core/dispatch/modelList";
import type { ListedModel } from "../core/models/modelListing";
import { attemptFailure } from "./attemptFailure";
import { isUsableKey } from "../http/usableKey";
import { withoutKey } from "../http/withoutKey";
import { createGroqClient } from "./groqClient";

/** A number that is no count of tokens is left out: the row is of use without it. */
const tokens = z.catch(z.optional(z.int().check(z.positive())), undefined);

const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      active: z.nullish(z.boolean()),
      context_window: tokens,
      max_completion_tokens: tokens,
    }),
  ),
});

/** The list is kept by the editor; no account has been seen with more than a few dozen. */
const mostModels = 1000;

type ListRow = z.infer<typeof listSchema>["data"][number];

/** `GET /models`: free of charge, and the cheapest proof that a key is valid. */
export function createGroqModelList(userAgent: string): ModelList {
  return {
    async list(key, signal) {
      if (!isUsableKey(key.apiKey)) return fail({ kind: "invalidKey", detail: "" });
      try {
        const answer = await createGroqClient(key, userAgent).models.list({ signal });
        const parsed = listSchema.safeParse(answer);
        if (!parsed.success) return fail({ kind: "unreadableAnswer", detail: "GET /models" });
        const rows = parsed.data.data.filter(({ active }) => active !== false);
        return succeed(rows.slice(0, mostModels).map(listedModel));
      } catch (error) {
        if (signal.aborted) return fail({ kind: "stopped" });
        const origin = key.baseUrl;
        const { failure } = attemptFailure({ error, started: false, origin, model: "" });
        return fail(withoutKey(failure, key.apiKey));
      }
    },
  };
}

function listedModel({ id, context_window, max_completion_tokens }: ListRow): ListedModel {
  return {
    id,
    ...(context_window !== undefined && { contextTokens: context_window }),
    ...(max_completion_tokens !== undefined && { maxOutputTokens: max_completion_tokens }),
  };
}
