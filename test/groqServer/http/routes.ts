import { handleChat } from "../chat/chatEndpoint";
import { getModel, listModels } from "../models/modelsEndpoint";
import type { Handler } from "./handler";
import type { Refusal } from "./refusal";

interface Route {
  readonly method: string;
  /** Its group, if any, is the handler's parameter. */
  readonly path: RegExp;
  readonly handler: Handler;
}

const routes: readonly Route[] = [
  { method: "POST", path: /^\/openai\/v1\/chat\/completions$/, handler: handleChat },
  { method: "GET", path: /^\/openai\/v1\/models$/, handler: listModels },
  { method: "GET", path: /^\/openai\/v1\/models\/(.+)$/, handler: getModel },
];

/** The handler of a request and the variable part of its path, or Groq's 404. */
export function findRoute(
  method: string,
  path: string,
): { handler: Handler; parameter: string } | Refusal {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) {
      return { handler: route.handler, parameter: decodeURIComponent(match[1] ?? "") };
    }
  }
  return unknownUrl(method, path);
}

function unknownUrl(method: string, path: string): Refusal {
  const message =
    `Unknown request URL: ${method} ${path}. Please check the URL for typos, ` +
    "or see the docs at https://console.groq.com/docs/";
  const error = { message, type: "invalid_request_error", code: "unknown_url" };
  return { kind: "refusal", status: 404, error };
}
