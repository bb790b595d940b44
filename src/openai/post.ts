import type { ChatRequest } from "../core/dispatch/chatModel";
import { parseJsonOrText, readBodyText } from "../http/bodyText";
import { sendRequest } from "../http/sendRequest";
import { readServiceError } from "../http/serviceError";

/** The two names of the output cap: the old one, which all services know, and OpenAI's for newer models. */
export type OutputCapName = "max_tokens" | "max_completion_tokens";

export interface RefusedPost {
  readonly status: number;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** The outcome of one POST. */
export type Posted =
  | {
      readonly kind: "answering";
      readonly response: Pick<Response, "headers" | "body">;
    }
  | { readonly kind: "refused"; readonly response: RefusedPost }
  /** Refused, unbilled, because the service has another name for the cap. */
  | { readonly kind: "capUnknown"; readonly response: RefusedPost };

/** Sends one request, once. Throws what the network does. */
export async function post(
  request: ChatRequest,
  capName: OutputCapName,
  to: {
    readonly url: string;
    readonly apiKey: string;
    readonly userAgent: string;
    readonly signal: AbortSignal;
  },
): Promise<Posted> {
  const response = await sendRequest(to.url, {
    method: "POST",
    headers: new Headers({
      authorization: `Bearer ${to.apiKey}`,
      "content-type": "application/json",
      accept: "text/event-stream",
      "user-agent": to.userAgent,
    }),
    body: JSON.stringify(bodyOf(request, capName)),
    signal: to.signal,
  });
  const { status, headers } = response;
  if (response.ok) return { kind: "answering", response };
  const refused = {
    status,
    headers,
    body: parseJsonOrText(await readRefusal(response.body, to.signal)),
  };
  return { kind: isCapUnknown(refused, capName) ? "capUnknown" : "refused", response: refused };
}

function bodyOf(request: ChatRequest, capName: OutputCapName): object {
  return {
    model: request.model,
    messages: request.messages,
    [capName]: request.maxCompletionTokens,
    stream: true,
    // Without it OpenAI reports no usage in a stream.
    stream_options: { include_usage: true },
    ...(request.reasoningEffort !== undefined && { reasoning_effort: request.reasoningEffort }),
  };
}

/** OpenAI's and Azure's answer to `max_tokens` for newer models (quoted in public threads, 2026-10). */
function isCapUnknown({ status, body }: RefusedPost, capName: OutputCapName): boolean {
  const { code, param } = readServiceError(body);
  return status === 400 && code === "unsupported_parameter" && param === capName;
}

/** Characters of an error's body that are read; pages of proxies can be long. */
const longestError = 100_000;

/** What came of a body that broke off, too: its status has said already that the request is refused. */
async function readRefusal(
  body: AsyncIterable<Uint8Array> | null,
  signal: AbortSignal,
): Promise<string> {
  let text = "";
  if (body === null) return text;
  try {
    await readBodyText(body, longestError, (soFar) => (text = soFar));
  } catch {
    signal.throwIfAborted();
  }
  return text;
}
