import type { WireStep } from "../http/wireStep";

/** The part of a request that decides its answer: everything but headers, and no key. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Parsed JSON, or `multipart` for forms, whose boundaries differ every time. */
  readonly body: unknown;
}

/** A step of an answer as JSON; bytes are base64, and times in milliseconds after its first step. */
export type RecordedStep =
  | { readonly kind: "head"; readonly status: number; readonly headers: Record<string, string> }
  | { readonly kind: "bytes"; readonly ms: number; readonly base64: string }
  | { readonly kind: "end" | "close" | "reset" };

/** Keys in a fixed order, so that equal requests are equal texts. */
export function requestKey(request: RecordedRequest): string {
  return JSON.stringify([request.method, request.path, request.body], (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** A step for the recording; pauses are told by the times of the bytes after them. */
export function recordedStep(step: WireStep, ms: number): RecordedStep | undefined {
  switch (step.kind) {
    case "head":
      return { kind: "head", status: step.status, headers: { ...step.headers } };
    case "bytes":
      return { kind: "bytes", ms, base64: step.bytes.toString("base64") };
    case "pause":
      return undefined;
    case "end":
    case "close":
    case "reset":
      return { kind: step.kind };
  }
}

/** The step that a recorded one stands for. */
export function wireStep(step: RecordedStep, paced: boolean): WireStep {
  switch (step.kind) {
    case "bytes":
      return {
        kind: "bytes",
        dueMs: paced ? step.ms : 0,
        bytes: Buffer.from(step.base64, "base64"),
      };
    case "head":
    case "end":
    case "close":
    case "reset":
      return step;
  }
}
