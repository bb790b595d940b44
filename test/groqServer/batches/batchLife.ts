import type { Backend } from "../backend";
import type { Organization } from "../organization";
import type { Batch, BatchLine, BatchState } from "./batch";
import { runBatchLine, unreachedLine } from "./runBatchLine";
import { readBatchFile } from "./readBatchFile";

/** How long the stages take, in milliseconds; nobody knows how long they take on Groq. */
export interface BatchPace {
  readonly validating: number;
  readonly perLine: number;
  readonly finalizing: number;
  readonly cancelling: number;
}

export const usualBatchPace: BatchPace = {
  validating: 5_000,
  perLine: 1_000,
  finalizing: 5_000,
  cancelling: 5_000,
};

/** Something that happens to a batch by itself. */
interface Transition {
  readonly at: number;
  happen(): void;
}

/**
 * Lets everything happen to a batch that was due by now, each thing at its own time. Batches have no
 * timers: whoever looks at one brings it up to date first.
 */
export function bringUpToDate(backend: Backend, batch: Batch, organization: Organization): void {
  const now = backend.clock.now();
  let next = nextTransition(backend, batch, organization);
  while (next !== undefined && next.at <= now) {
    next.happen();
    next = nextTransition(backend, batch, organization);
  }
}

function nextTransition(
  backend: Backend,
  batch: Batch,
  organization: Organization,
): Transition | undefined {
  const { state } = batch;
  const pace = backend.batchPace;
  switch (state.status) {
    case "validating": {
      const at = batch.createdAt + pace.validating;
      return { at, happen: () => validate(backend, batch, at) };
    }
    case "in_progress":
      return nextLine(backend, batch, organization, state.lines);
    case "finalizing": {
      const completedAt = state.finalizingAt + pace.finalizing;
      const done = { ...state, status: "completed", completedAt } as const;
      return { at: completedAt, happen: () => close(backend, batch, done) };
    }
    case "cancelling": {
      const cancelledAt = state.cancellingAt + pace.cancelling;
      const done = { ...state, status: "cancelled", cancelledAt } as const;
      return { at: cancelledAt, happen: () => close(backend, batch, done) };
    }
    case "failed":
    case "completed":
    case "expired":
    case "cancelled":
      return undefined;
  }
}

function validate(backend: Backend, batch: Batch, at: number): void {
  const file = backend.files.find(batch.organization, batch.inputFileId);
  const read = readBatchFile(file?.content ?? Buffer.alloc(0));
  if ("errors" in read) {
    batch.state = { status: "failed", failedAt: at, errors: read.errors };
    return;
  }
  batch.total = read.length;
  batch.inProgressAt = at;
  batch.state = { status: "in_progress", lines: read };
}

function nextLine(
  backend: Backend,
  batch: Batch,
  organization: Organization,
  lines: readonly BatchLine[],
): Transition {
  const done = batch.output.length + batch.failures.length;
  const startedAt = batch.inProgressAt ?? batch.createdAt;
  const line = lines[done];
  if (line === undefined) {
    const finalizingAt = startedAt + done * backend.batchPace.perLine;
    const happen = (): void => {
      batch.state = { status: "finalizing", finalizingAt };
    };
    return { at: finalizingAt, happen };
  }
  const at = startedAt + (done + 1) * backend.batchPace.perLine;
  if (at > batch.expiresAt) {
    return { at: batch.expiresAt, happen: () => expire(backend, batch, lines.slice(done)) };
  }
  const happen = (): void => {
    const result = runBatchLine(backend, organization, line, at);
    (result.succeeded ? batch.output : batch.failures).push(result.json);
  };
  return { at, happen };
}

function expire(backend: Backend, batch: Batch, unreached: readonly BatchLine[]): void {
  for (const line of unreached) batch.failures.push(unreachedLine(backend, line, "batch_expired"));
  close(backend, batch, { status: "expired", expiredAt: batch.expiresAt });
}

/** Ends a batch and writes its files; output lines come in another order than their requests. */
function close(backend: Backend, batch: Batch, state: BatchState): void {
  batch.state = state;
  batch.outputFileId = writeFile(backend, batch, "output", batch.output.toReversed());
  batch.errorFileId = writeFile(backend, batch, "error", batch.failures);
}

function writeFile(
  backend: Backend,
  batch: Batch,
  kind: "output" | "error",
  lines: readonly string[],
): string | undefined {
  if (lines.length === 0) return undefined;
  const content = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const filename = `${batch.id}_${kind}.jsonl`;
  return backend.files.add(batch.organization, { filename, purpose: "batch_output", content }).id;
}
