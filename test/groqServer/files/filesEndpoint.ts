import type { Backend } from "../backend";
import type { ApiRequest } from "../http/handler";
import { checkFormFields, parseForm } from "../http/parseForm";
import { requestTooLarge } from "../http/readBody";
import { type Refusal, badRequest, isRefusal } from "../http/refusal";
import { type Reply, jsonReply } from "../http/reply";
import { type StoredFile, fileView } from "./fileStore";

/** `POST /openai/v1/files`: JSON lines with purpose `batch`. */
export async function uploadFile(backend: Backend, request: ApiRequest): Promise<Reply | Refusal> {
  // Documents disagree on the limit, hence the switch; parsing what is too large would take long.
  const megabytes = Number.parseInt(backend.switches.batchFileLimit, 10);
  if (request.body.length > megabytes * 1024 * 1024) return requestTooLarge;
  const form = await parseForm(request.body, request.contentType);
  if (isRefusal(form)) return form;
  const unknown = checkFormFields(form, ["file", "purpose"]);
  if (unknown !== undefined) return unknown;
  if (form.get("purpose") !== "batch")
    return badRequest(`'purpose' : value must be one of "batch"`);
  const file = form.get("file");
  if (!(file instanceof File)) return badRequest("property 'file' is missing");
  const content = Buffer.from(await file.arrayBuffer());
  const given = { filename: file.name, purpose: "batch", content } as const;
  return jsonReply(200, fileView(backend.files.add(request.organization.id, given)));
}

/** `GET /openai/v1/files`. */
export function listFiles(backend: Backend, request: ApiRequest): Reply {
  const data = backend.files.list(request.organization.id).map(fileView);
  return jsonReply(200, { object: "list", data });
}

/** `GET /openai/v1/files/{id}`. */
export function getFile(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const file = findFile(backend, request, id);
  return isRefusal(file) ? file : jsonReply(200, fileView(file));
}

/** `GET /openai/v1/files/{id}/content`. */
export function getFileContent(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const file = findFile(backend, request, id);
  if (isRefusal(file)) return file;
  const reply = jsonReply(200, {});
  return { ...reply, contentType: "application/octet-stream", body: file.content };
}

/** `DELETE /openai/v1/files/{id}`. */
export function deleteFile(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const deleted = backend.files.delete(request.organization.id, id);
  return deleted ? jsonReply(200, { id, object: "file", deleted }) : noSuchFile(id);
}

function findFile(backend: Backend, request: ApiRequest, id: string): StoredFile | Refusal {
  return backend.files.find(request.organization.id, id) ?? noSuchFile(id);
}

/** 404; the wording is not quoted anywhere. */
export function noSuchFile(id: string): Refusal {
  const error = {
    message: `No such file: ${id}`,
    type: "invalid_request_error",
    code: "not_found",
  };
  return { kind: "refusal", status: 404, error };
}
