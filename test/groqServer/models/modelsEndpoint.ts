import type { Backend } from "../backend";
import type { ApiRequest } from "../http/handler";
import type { Refusal } from "../http/refusal";
import { type Reply, jsonReply } from "../http/reply";
import { modelView, notFound } from "./modelRegistry";

/** `GET /openai/v1/models`: what the organisation's account lists, blocked models included. */
export function listModels(backend: Backend, request: ApiRequest): Reply {
  const data = backend.models.listed(request.organization).map(modelView);
  return jsonReply(200, { object: "list", data });
}

/** `GET /openai/v1/models/{id}`; ids may contain slashes. */
export function getModel(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const listed = backend.models.listed(request.organization).find((row) => row.id === id);
  return listed === undefined ? notFound(id) : jsonReply(200, modelView(listed));
}
