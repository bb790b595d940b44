import { z } from "zod";
import type { Backend } from "../backend";
import { noSuchFile } from "../files/filesEndpoint";
import type { ApiRequest } from "../http/handler";
import { parseJsonBody } from "../http/parseJsonBody";
import { type Refusal, badRequest, isRefusal } from "../http/refusal";
import { type Reply, jsonReply } from "../http/reply";
import { type Batch, batchView } from "./batch";
import { bringUpToDate } from "./batchLife";

const bodySchema = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.literal("/v1/chat/completions"),
  completion_window: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const hourMs = 3_600_000;

/** `POST /openai/v1/batches`. */
export function createBatch(backend: Backend, request: ApiRequest): Reply | Refusal {
  const json = parseJsonBody(request.body);
  if (isRefusal(json)) return json;
  const checked = bodySchema.safeParse(json.value);
  if (!checked.success) return badRequest(z.prettifyError(checked.error));
  const body = checked.data;
  const windowMs = parseWindow(body.completion_window);
  if (windowMs === undefined) {
    return badRequest("completion_window must be a duration from 24h to 7d", {
      param: "completion_window",
    });
  }
  const file = backend.files.find(request.organization.id, body.input_file_id);
  if (file === undefined) return noSuchFile(body.input_file_id);
  if (file.purpose !== "batch") return badRequest("the input file must have the purpose `batch`");
  const createdAt = backend.clock.now();
  const batch: Batch = {
    id: backend.identifiers.batch(),
    organization: request.organization.id,
    inputFileId: file.id,
    completionWindow: body.completion_window,
    metadata: body.metadata ?? null,
    createdAt,
    expiresAt: createdAt + windowMs,
    state: { status: "validating" },
    inProgressAt: undefined,
    total: 0,
    output: [],
    failures: [],
    outputFileId: undefined,
    errorFileId: undefined,
  };
  backend.batches.set(batch.id, batch);
  return jsonReply(200, batchView(batch));
}

/** `GET /openai/v1/batches`, the latest first. */
export function listBatches(backend: Backend, request: ApiRequest): Reply {
  const own = [...backend.batches.values()].filter(
    ({ organization }) => organization === request.organization.id,
  );
  for (const batch of own) bringUpToDate(backend, batch, request.organization);
  return jsonReply(200, { object: "list", data: own.toReversed().map(batchView) });
}

/** `GET /openai/v1/batches/{id}`. */
export function getBatch(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const batch = findBatch(backend, request, id);
  return isRefusal(batch) ? batch : jsonReply(200, batchView(batch));
}

/** `POST /openai/v1/batches/{id}/cancel`; 400 for a batch that has ended. */
export function cancelBatch(backend: Backend, request: ApiRequest, id: string): Reply | Refusal {
  const batch = findBatch(backend, request, id);
  if (isRefusal(batch)) return batch;
  switch (batch.state.status) {
    case "validating":
    case "in_progress":
    case "finalizing":
      batch.state = { status: "cancelling", cancellingAt: backend.clock.now() };
      return jsonReply(200, batchView(batch));
    case "cancelling":
      return jsonReply(200, batchView(batch));
    case "failed":
    case "completed":
    case "expired":
    case "cancelled":
      return badRequest(`Cannot cancel a batch with status '${batch.state.status}'.`);
  }
}

function findBatch(backend: Backend, request: ApiRequest, id: string): Batch | Refusal {
  const batch = backend.batches.get(id);
  if (batch?.organization !== request.organization.id) {
    const message = `No such batch: ${id}`;
    const error = { message, type: "invalid_request_error", code: "not_found" };
    return { kind: "refusal", status: 404, error };
  }
  bringUpToDate(backend, batch, request.organization);
  return batch;
}

/** Milliseconds of `24h` to `7d` (batch page, read 2026-10). */
function parseWindow(text: string): number | undefined {
  const [, amount, unit] = /^(\d+)([hd])$/.exec(text) ?? [];
  const hours = Number(amount) * (unit === "d" ? 24 : 1);
  return hours >= 24 && hours <= 7 * 24 ? hours * hourMs : undefined;
}
