import type { CapPeriod } from "../budget/caps";
import type { EditProblem } from "../edits/edit";
import type { LimitDimension } from "../limits/limits";

/**
 * Everything that can go wrong and that a user can meet, as data. `explainFailure` gives each its words and
 * ways out. Messages of the service are kept as `detail`; they are shown, never interpreted.
 */
export type Failure =
  // the key and the account
  | { readonly kind: "noKey" }
  | { readonly kind: "keyStoreUnavailable"; readonly detail: string }
  | { readonly kind: "foreignKey"; readonly owner: "xAI" | "OpenAI" | "Anthropic" }
  | { readonly kind: "invalidKey"; readonly detail: string }
  | { readonly kind: "originNotConfirmed"; readonly origin: string }
  | { readonly kind: "invalidBaseUrl"; readonly url: string }
  | { readonly kind: "permissionDenied"; readonly detail: string }
  | { readonly kind: "blockedByNetwork"; readonly status: number; readonly detail: string }
  | { readonly kind: "spendLimitReached"; readonly detail: string }
  // the model and the request
  | { readonly kind: "modelGone"; readonly model: string; readonly successor?: string }
  | { readonly kind: "contextTooLong"; readonly detail: string }
  | { readonly kind: "toolUseFailed"; readonly detail: string; readonly generated: string }
  | { readonly kind: "badRequest"; readonly status: number; readonly detail: string }
  // money: amounts are picodollars as decimal text
  | {
      readonly kind: "overCap";
      readonly period: CapPeriod;
      readonly cap: string;
      readonly spent: string;
      readonly needed: string;
    }
  | { readonly kind: "noPrice"; readonly model: string }
  // limits
  | {
      readonly kind: "tooLarge";
      readonly limit: number;
      readonly needed: number;
      readonly dimension: LimitDimension | "context" | "body";
    }
  | {
      readonly kind: "rateLimited";
      readonly dimension: LimitDimension | "unknown";
      readonly retryAfterMs: number;
      readonly detail: string;
      /** The numbers of the service, where it told them. */
      readonly told?: { readonly limit: number; readonly used: number; readonly requested: number };
    }
  | { readonly kind: "overCapacity"; readonly status: number; readonly detail: string }
  // the way there and back
  | { readonly kind: "serverError"; readonly status: number; readonly detail: string }
  | { readonly kind: "unreachable"; readonly origin: string; readonly detail: string }
  | { readonly kind: "timedOut"; readonly idleMs: number }
  | { readonly kind: "cutOff" }
  /** The service broke off an answer that had begun, and said why. */
  | { readonly kind: "brokenOff"; readonly detail: string }
  | { readonly kind: "unreadableAnswer"; readonly detail: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "interrupted" }
  // the editor and the workspace
  | { readonly kind: "busy" }
  | { readonly kind: "emptyMessage" }
  | { readonly kind: "noEditor" }
  | { readonly kind: "emptySelection" }
  | { readonly kind: "untrustedWorkspace" }
  | { readonly kind: "noProposal" }
  | { readonly kind: "noEdit" }
  | { readonly kind: "answerIncomplete" }
  | { readonly kind: "editNotApplicable"; readonly problems: readonly EditProblem[] }
  | { readonly kind: "readOnly"; readonly path: string }
  | { readonly kind: "fileMissing"; readonly path: string }
  | { readonly kind: "fileNotAllowed"; readonly path: string; readonly reason: PathRefusal }
  | { readonly kind: "documentChanged"; readonly path: string }
  | { readonly kind: "applyRefused"; readonly path: string }
  | { readonly kind: "storeUnavailable"; readonly detail: string }
  | { readonly kind: "storeTooNew" }
  /** The extension's files are gone: it was updated while it ran. */
  | { readonly kind: "extensionChanged" };

/** Why a path that the model named may not be touched. */
export type PathRefusal = "outsideWorkspace" | "notOffered" | "git" | "editorConfiguration";

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
