import { type Refusal, badRequest } from "../http/refusal";
import { type ChatRequest, chatRequestSchema } from "./chatRequest";
import { validationMessage } from "./validationMessage";

/** Checks a chat body against the schema alone; what depends on the model comes later. */
export function validateChat(body: unknown): ChatRequest | Refusal {
  const checked = chatRequestSchema.safeParse(body);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const message = issue === undefined ? "invalid request body" : validationMessage(issue, body);
  return badRequest(message);
}
