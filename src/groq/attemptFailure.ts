import * as z from "zod/mini";
import type { FailureEvent } from "../core/dispatch/chatModel";
import { httpFailureEvent } from "../http/httpFailure";
import { networkFailure } from "../http/networkFailure";
import { readReportedLimits } from "./reportedLimits";

/**
 * Turns an error of groq-sdk into a failure. It is recognised by its shape, never by `instanceof`: an HTTP error
 * has a status, a network error has a chain of causes.
 */
export function attemptFailure(attempt: {
  readonly error: unknown;
  /** Headers had arrived: the service was at work. */
  readonly started: boolean;
  readonly origin: string;
  readonly model: string;
}): FailureEvent {
  const { error, started, origin, model } = attempt;
  const { status, body, headers } = readSdkError(error);
  if (status !== undefined)
    return httpFailureEvent(
      { status, body, headers, model, provider: "groq" },
      headers && readReportedLimits(headers),
    );
  if (error instanceof SyntaxError) {
    const failure = { kind: "unreadableAnswer", detail: error.message.slice(0, 200) } as const;
    return { kind: "failure", failure, billable: true };
  }
  return networkFailure(error, { started, origin, provider: "groq" });
}

const sdkErrorSchema = z.object({
  status: z.catch(z.optional(z.number()), undefined),
  error: z.optional(z.unknown()),
  headers: z.catch(z.optional(z.instanceof(Headers)), undefined),
  message: z.catch(z.string(), ""),
});

/** The SDK's message for a response without a body. */
const noBody = "status code (no body)";

function readSdkError(error: unknown): {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly headers: Headers | undefined;
} {
  const parsed = sdkErrorSchema.safeParse(error);
  if (!parsed.success) return { status: undefined, body: undefined, headers: undefined };
  const { status, error: body, headers, message } = parsed.data;
  // A body that is not JSON, such as Cloudflare's, is only in the message: `403 error code: 1010`.
  const words = message.startsWith(`${status} `) ? message.slice(`${status} `.length) : undefined;
  return { status, body: body ?? (words === noBody ? undefined : words), headers };
}
