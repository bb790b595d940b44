import * as z from "zod/mini";
import { fail, succeed } from "../core/dispatch/failure";
import type { ModelList } from "../core/dispatch/modelList";
import type { ListedModel } from "../core/models/modelListing";
import { attemptFailure } from "./attemptFailure";
import { isUsableKey } from "../http/usableKey";
import { withoutKey } from "../http/withoutKey";
import { createGroqClient } from "./groqClient";

/** A number that is not a count of tokens is left out: the row is useful without it. */
const tokens = z.catch(z.optional(z.int().check(z.positive())), undefined);

/** In characters. The editor's state holds the names, and a name of megabytes would slow down each start. */
const longestId = 200;

const rowSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(longestId)),
  active: z.optional(z.unknown()),
  context_window: tokens,
  max_completion_tokens: tokens,
});

/** A row that names no model is left out as well: one odd row is no reason to refuse a key. */
const listSchema = z.object({ data: z.array(z.catch(z.optional(rowSchema), undefined)) });

/** The editor stores the list; no account has been seen with more than a few dozen models. */
const mostModels = 1000;

type ListRow = z.infer<typeof rowSchema>;

/** `GET /models`: free of charge, and the cheapest proof that a key is valid. */
export function createGroqModelList(userAgent: string): ModelList {
  return {
    async list(key, signal) {
      if (!isUsableKey(key.apiKey)) return fail({ kind: "invalidKey", detail: "" });
      try {
        const answer = await createGroqClient(key, userAgent).models.list({ signal });
        const parsed = listSchema.safeParse(answer);
        if (!parsed.success) return fail({ kind: "unreadableAnswer", detail: "GET /models" });
        const models = parsed.data.data.flatMap((row) =>
          row === undefined || row.active === false ? [] : [listedModel(row)],
        );
        return succeed(models.slice(0, mostModels));
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
