import { type Refusal, badRequest } from "./refusal";

/** Reads a `multipart/form-data` body. */
export async function parseForm(body: Buffer, contentType: string): Promise<FormData | Refusal> {
  const headers = { "content-type": contentType };
  try {
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    return badRequest("request Content-Type isn't multipart/form-data");
  }
}

/** Refuses fields that are not in the list, as the service does. */
export function checkFormFields(form: FormData, known: readonly string[]): Refusal | undefined {
  const unknown = [...form.keys()].find((name) => !known.includes(name));
  return unknown === undefined ? undefined : badRequest(`property '${unknown}' is unsupported`);
}
