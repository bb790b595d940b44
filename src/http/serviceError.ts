import * as z from "zod/mini";

/** The inside of an error body, as far as it could be read; what is missing is "". */
export interface ServiceError {
  readonly message: string;
  readonly type: string;
  readonly code: string;
  readonly param: string;
  readonly failedGeneration: string;
}

const text = z.catch(z.string(), "");
/** Some services write the status as a number into `code`. */
const code = z.catch(z.union([z.string(), z.pipe(z.number(), z.transform(String))]), "");

const fields = {
  type: text,
  code,
  param: text,
  failed_generation: text,
};
const bodySchema = z.union([
  z.object({ error: z.object({ ...fields, message: text }) }),
  z.pipe(
    z.object({ error: z.string() }),
    z.transform(({ error }) => ({ error: { ...nothing, message: error } })),
  ),
  // Mistral and vLLM put the error's fields at the top.
  z.pipe(
    z.object({ ...fields, message: z.string() }),
    z.transform((error) => ({ error })),
  ),
]);

const nothing = { message: "", type: "", code: "", param: "", failed_generation: "" };

/** Reads `{error: {…}}`, `{error: "…"}` or `{message, …}`; of other bodies only the text, of an HTML page nothing. */
export function readServiceError(body: unknown): ServiceError {
  const parsed = bodySchema.safeParse(body);
  const message = typeof body === "string" && !/^\s*</.test(body) ? body : "";
  const { failed_generation, ...error } = parsed.success
    ? parsed.data.error
    : { ...nothing, message };
  return { ...error, failedGeneration: failed_generation };
}
