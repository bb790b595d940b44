import { handleChat } from "../chat/chatEndpoint";
import { handleTranscription, handleTranslation } from "../audio/audioEndpoint";
import { cancelBatch, createBatch, getBatch, listBatches } from "../batches/batchesEndpoint";
import { getModel, listModels } from "../models/modelsEndpoint";
import { deleteFile, getFile, getFileContent, listFiles, uploadFile } from "../files/filesEndpoint";
import type { Handler } from "./handler";
import type { Refusal } from "./refusal";

/** Endpoints by method and path; `{}` stands for the handler's parameter. */
const routes: readonly (readonly [method: string, path: string, handler: Handler])[] = [
  ["GET", "models", listModels],
  ["GET", "models/{}", getModel],
  ["POST", "chat/completions", handleChat],
  ["POST", "audio/transcriptions", handleTranscription],
  ["POST", "audio/translations", handleTranslation],
  ["POST", "files", uploadFile],
  ["GET", "files", listFiles],
  ["GET", "files/{}/content", getFileContent],
  ["GET", "files/{}", getFile],
  ["DELETE", "files/{}", deleteFile],
  ["POST", "batches", createBatch],
  ["GET", "batches", listBatches],
  ["GET", "batches/{}", getBatch],
  ["POST", "batches/{}/cancel", cancelBatch],
];

/** The handler of a request and the variable part of its path, or Groq's 404. */
export function findRoute(
  method: string,
  path: string,
): { handler: Handler; parameter: string } | Refusal {
  for (const [routeMethod, routePath, handler] of routes) {
    if (routeMethod !== method) continue;
    const parameter = matchPath(`/openai/v1/${routePath}`, path);
    if (parameter !== undefined) return { handler, parameter };
  }
  return unknownUrl(method, path);
}

/** The text where the pattern has `{}`, empty when it has none; model ids may contain slashes. */
function matchPath(pattern: string, path: string): string | undefined {
  const [start = "", end] = pattern.split("{}");
  if (end === undefined) return path === pattern ? "" : undefined;
  const middle = path.slice(start.length, path.length - end.length);
  const fits = path.startsWith(start) && path.endsWith(end) && middle !== "";
  return fits ? decoded(middle) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function unknownUrl(method: string, path: string): Refusal {
  const message =
    `Unknown request URL: ${method} ${path}. Please check the URL for typos, ` +
    "or see the docs at https://console.groq.com/docs/";
  const error = { message, type: "invalid_request_error", code: "unknown_url" };
  return { kind: "refusal", status: 404, error };
}
