/** A problem that fails a batch before it starts. Lines count from 1. */
export interface BatchError {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
}

/** One line of the input file, validated. */
export interface BatchLine {
  readonly customId: string;
  readonly body: unknown;
}

/** Where a batch is in its life, with the times (milliseconds since the epoch) that led there. */
export type BatchState =
  | { readonly status: "validating" }
  | { readonly status: "failed"; readonly failedAt: number; readonly errors: readonly BatchError[] }
  | { readonly status: "in_progress"; readonly lines: readonly BatchLine[] }
  | { readonly status: "finalizing"; readonly finalizingAt: number }
  | { readonly status: "completed"; readonly finalizingAt: number; readonly completedAt: number }
  | { readonly status: "expired"; readonly expiredAt: number }
  | { readonly status: "cancelling"; readonly cancellingAt: number }
  | {
      readonly status: "cancelled";
      readonly cancellingAt: number;
      readonly cancelledAt: number;
    };

/** A batch; what changes during its life is not readonly. */
export interface Batch {
  readonly id: string;
  readonly organization: string;
  readonly inputFileId: string;
  /** As it was asked for, such as `24h`. */
  readonly completionWindow: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  state: BatchState;
  inProgressAt: number | undefined;
  total: number;
  /** JSON lines of the answered requests, and of those that failed. */
  readonly output: string[];
  readonly failures: string[];
  outputFileId: string | undefined;
  errorFileId: string | undefined;
}

/** A batch as the API shows it: times in seconds, null for what has not happened. */
export function batchView(batch: Batch): object {
  const { state } = batch;
  return {
    id: batch.id,
    object: "batch",
    endpoint: "/v1/chat/completions",
    errors: state.status === "failed" ? errorList(state.errors) : null,
    input_file_id: batch.inputFileId,
    completion_window: batch.completionWindow,
    status: state.status,
    output_file_id: batch.outputFileId ?? null,
    error_file_id: batch.errorFileId ?? null,
    created_at: seconds(batch.createdAt),
    in_progress_at: seconds(batch.inProgressAt),
    expires_at: seconds(batch.expiresAt),
    finalizing_at: seconds("finalizingAt" in state ? state.finalizingAt : undefined),
    completed_at: seconds("completedAt" in state ? state.completedAt : undefined),
    failed_at: seconds("failedAt" in state ? state.failedAt : undefined),
    expired_at: seconds("expiredAt" in state ? state.expiredAt : undefined),
    cancelling_at: seconds("cancellingAt" in state ? state.cancellingAt : undefined),
    cancelled_at: seconds("cancelledAt" in state ? state.cancelledAt : undefined),
    request_counts: {
      total: batch.total,
      completed: batch.output.length,
      failed: batch.failures.length,
    },
    metadata: batch.metadata,
  };
}

function errorList(errors: readonly BatchError[]): object {
  return { object: "list", data: errors.map((error) => ({ param: null, ...error })) };
}

function seconds(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.floor(milliseconds / 1_000);
}
