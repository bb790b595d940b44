/** The inside of Groq's error envelope (Groq's API reference, read 2026-10). */
export interface GroqError {
  readonly message: string;
  readonly type: string;
  readonly code?: string;
  readonly param?: string;
  readonly failed_generation?: string;
}

/** A request that is answered with an error instead of being served. */
export interface Refusal {
  readonly kind: "refusal";
  readonly status: number;
  readonly error: GroqError;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Tells a refusal from the value that a check returns otherwise. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "refusal";
}

/** A 400 of type `invalid_request_error`; `detail` adds code, param or the failed generation. */
export function badRequest(
  message: string,
  detail: Pick<GroqError, "code" | "param" | "failed_generation"> = {},
): Refusal {
  const error = { message, type: "invalid_request_error", ...detail };
  return { kind: "refusal", status: 400, error };
}
