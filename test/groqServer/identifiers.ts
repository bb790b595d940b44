/** Makes the ids that answers carry, in Groq's shapes. */
export interface Identifiers {
  /** `req_01…`, in `x-request-id` and `x_groq.id`. */
  request(): string;
  /** `chatcmpl-…` with a UUID. */
  completion(): string;
  /** `fc_…`, the id of a tool call. */
  toolCall(): string;
  /** `file_01…` */
  file(): string;
  /** `batch_01…` */
  batch(): string;
  /** `batch_req_…`, the id of one line of a batch's output. */
  batchLine(): string;
}

/** Ids count up from 1, so that the same requests get the same ids in every run. */
export function createIdentifiers(): Identifiers {
  const issued = new Map<string, number>();
  const count = (prefix: string): string => {
    const next = (issued.get(prefix) ?? 0) + 1;
    issued.set(prefix, next);
    return next.toString(36);
  };
  const sortable = (prefix: string): string => `${prefix}_01${count(prefix).padStart(24, "0")}`;
  return {
    request: () => sortable("req"),
    completion: () => `chatcmpl-00000000-0000-4000-8000-${count("chatcmpl").padStart(12, "0")}`,
    toolCall: () => `fc_${count("fc").padStart(8, "0")}`,
    file: () => sortable("file"),
    batch: () => sortable("batch"),
    batchLine: () => sortable("batch_req"),
  };
}
