import { appendFileSync, writeFileSync } from "node:fs";
import type { WireStep } from "../http/wireStep";
import type { Clock } from "../time/clock";
import { type RecordedRequest, type RecordedStep, recordedStep } from "./exchange";

/** Writes every request and its answer to a file, one line each, in the order of their ends. */
export interface Recorder {
  /** Passes the steps on and keeps what was taken of them. */
  record(request: RecordedRequest, steps: Iterable<WireStep>): Generator<WireStep, void>;
}

/** Starts an empty recording; throws when the file cannot be written. */
export function createRecorder(file: string, clock: Clock): Recorder {
  writeFileSync(file, "");
  return {
    record: function* (request, steps) {
      const startedAt = clock.now();
      const taken: RecordedStep[] = [];
      try {
        for (const step of steps) {
          // Bytes count once they are written; nothing comes back after a close.
          if (step.kind === "bytes") yield step;
          const kept = recordedStep(step, Math.round(clock.now() - startedAt));
          if (kept !== undefined) taken.push(kept);
          if (step.kind !== "bytes") yield step;
        }
      } finally {
        appendFileSync(file, `${JSON.stringify({ request, steps: taken })}\n`);
      }
    },
  };
}
