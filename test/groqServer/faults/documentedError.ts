import type { GroqError } from "../http/refusal";

/**
 * Errors of Groq's error page (read 2026-10) that no request provokes by itself. The words of
 * `overCapacity` are quoted from public threads; those of the others are not quoted anywhere.
 */
export type DocumentedError =
  | "unprocessable"
  | "mcpAuthentication"
  | "internal"
  | "badGateway"
  | "overCapacity"
  | "gatewayTimeout";

/** Status and error of a documented failure; `model` is named where Groq names it. */
export function documentedError(
  name: DocumentedError,
  model: string,
): { readonly status: number; readonly error: GroqError } {
  switch (name) {
    case "unprocessable":
      return failure(422, "The request could not be processed.", "invalid_request_error");
    case "mcpAuthentication":
      return failure(424, "Authentication to an MCP server failed.", "invalid_request_error");
    case "internal":
      return failure(500, "Internal Server Error", "internal_server_error");
    case "badGateway":
      return failure(502, "Bad Gateway", "internal_server_error");
    case "overCapacity":
      return failure(
        503,
        `${model} is currently over capacity. Please try again and back off exponentially. Visit ` +
          "https://groqstatus.com to see if there is an active incident.",
        "internal_server_error",
      );
    case "gatewayTimeout":
      return failure(504, "Gateway Timeout", "internal_server_error");
  }
}

function failure(
  status: number,
  message: string,
  type: string,
): { status: number; error: GroqError } {
  return { status, error: { message, type } };
}
