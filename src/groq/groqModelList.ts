import * as z from "zod/mini";
import { fail, succeed } from "../core/dispatch/failure";
import type { ModelList } from "../core/dispatch/modelList";
import { attemptFailure } from "./attemptFailure";
import { createGroqClient, isUsableKey } from "./groqClient";

const listSchema = z.object({
  data: z.array(z.object({ id: z.string(), active: z.nullish(z.boolean()) })),
});

/** `GET /models`: free of charge, and the cheapest proof that a key is valid. */
export function createGroqModelList(userAgent: string): ModelList {
  return {
    async list(credentials, signal) {
      if (!isUsableKey(credentials.apiKey)) return fail({ kind: "invalidKey", detail: "" });
      try {
        const answer = await createGroqClient(credentials, userAgent).models.list({ signal });
        const parsed = listSchema.safeParse(answer);
        if (!parsed.success) return fail({ kind: "unreadableAnswer", detail: "GET /models" });
        const active = parsed.data.data.filter((model) => model.active !== false);
        return succeed(active.map((model) => model.id));
      } catch (error) {
        if (signal.aborted) return fail({ kind: "stopped" });
        const origin = credentials.baseUrl;
        return fail(attemptFailure({ error, started: false, origin, model: "" }).failure);
      }
    },
  };
}
