import { type Refusal, badRequest } from "./refusal";

/** Reads a JSON body; the wording of the refusal is not quoted anywhere. */
export function parseJsonBody(body: Buffer): { readonly value: unknown } | Refusal {
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return badRequest("could not parse the request body as JSON");
  }
}
