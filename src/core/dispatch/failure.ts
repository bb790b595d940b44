import type { CapPeriod } from "../budget/caps";
import type { EditProblem } from "../edits/edit";
import type { LimitDimension } from "../limits/limits";

/**
 * Everything that can go wrong and that a user can meet, as data. `explainFailure` gives each its words and
 * ways out. Messages of the service are kept as `detail`; they are shown, never interpreted.
 */
export type Failure =
  | ServiceFailure
  | BudgetFailure
  | EndFailure
  | EditorFailure
  | ContextFailure
  | HistoryFailure
  | StoreFailure;

/** Failures of a service, or on the way to it. */
export type ServiceFailure = AccountFailure | RequestFailure | LimitFailure | WayFailure;

/** Which service failed, where words and ways out differ. Absent: Groq. */
export interface OfService {
  readonly provider?: "fallback";
}

/** The key and the account. */
export type AccountFailure = OfService &
  (
    | { readonly kind: "noKey" }
    /** No second provider is set in `groqCoder.fallback`. */
    | { readonly kind: "noFallback" }
    | { readonly kind: "keyStoreUnavailable"; readonly detail: string }
    | { readonly kind: "foreignKey"; readonly owner: KeyOwner }
    | { readonly kind: "invalidKey"; readonly detail: string }
    | { readonly kind: "originNotConfirmed"; readonly origin: string }
    | { readonly kind: "invalidBaseUrl"; readonly url: string }
    | {
        readonly kind: "permissionDenied";
        readonly detail: string;
        /** Where the model is blocked, if the service said so: who can lift the block differs. */
        readonly scope?: "organization" | "project";
      }
    | { readonly kind: "organizationRestricted"; readonly detail: string }
    | { readonly kind: "spendLimitReached"; readonly detail: string }
  );

/** Services whose keys are recognised by their prefix. */
type KeyOwner = "xAI" | "OpenAI" | "Anthropic" | "OpenRouter" | "Google" | "Hugging Face";

/** The model and the request. */
export type RequestFailure = OfService &
  (
    | { readonly kind: "modelGone"; readonly model: string; readonly successor?: string }
    | { readonly kind: "contextTooLong"; readonly detail: string }
    /** `generated` is what the model wrote instead; what can be read of it has been passed on as text. */
    | { readonly kind: "toolUseFailed"; readonly detail: string; readonly generated: string }
    | { readonly kind: "jsonInvalid"; readonly detail: string; readonly generated: string }
    | { readonly kind: "badRequest"; readonly status: number; readonly detail: string }
  );

export type LimitFailure = OfService &
  (
    | {
        readonly kind: "tooLarge";
        readonly limit: number;
        readonly needed: number;
        readonly dimension: LimitDimension | OneSidedLimit | "context" | "body";
      }
    | {
        readonly kind: "rateLimited";
        readonly dimension: LimitDimension | OneSidedLimit | "unknown";
        readonly retryAfterMs: number;
        readonly detail: string;
        /** The service's own numbers, where it gave them. */
        readonly told?: {
          readonly limit: number;
          readonly used: number;
          readonly requested: number;
        };
      }
    | { readonly kind: "overCapacity"; readonly status: number; readonly detail: string }
  );

/** Input or output tokens per minute alone, which only some organisations have. */
export type OneSidedLimit = "itpm" | "otpm";

/** The way there and back. */
export type WayFailure = OfService &
  (
    | {
        readonly kind: "blockedByNetwork";
        readonly status: number;
        readonly detail: string;
        /** Cloudflare's error code; 1010 is a client that it does not let in. */
        readonly frontCode?: number;
      }
    | { readonly kind: "serverError"; readonly status: number; readonly detail: string }
    | {
        readonly kind: "unreachable";
        readonly origin: string;
        readonly detail: string;
        /** The server's certificate comes from an authority that this machine does not trust. */
        readonly untrusted?: true;
      }
    | { readonly kind: "timedOut"; readonly idleMs: number }
    | { readonly kind: "cutOff" }
    /** The service broke off an answer that had begun, and said why. */
    | { readonly kind: "brokenOff"; readonly detail: string }
    | { readonly kind: "unreadableAnswer"; readonly detail: string }
  );

/** Money: amounts are picodollars as decimal text. */
export type BudgetFailure =
  | {
      readonly kind: "overCap";
      readonly period: CapPeriod;
      readonly cap: string;
      readonly spent: string;
      readonly needed: string;
    }
  | { readonly kind: "noPrice"; readonly model: string }
  /** A command was given something that is not a budget. */
  | { readonly kind: "invalidBudget" }
  | { readonly kind: "raiseRefused"; readonly reason: "noDailyCap" }
  | {
      readonly kind: "raiseRefused";
      readonly reason: "outOfBounds";
      /** It must be above `least`, and at most `most`. */
      readonly least: string;
      readonly most: string;
    };

/** Ends that the user or the editor brought about. */
export type EndFailure =
  | { readonly kind: "stopped" }
  | { readonly kind: "interrupted" }
  /** The extension's files are gone: it was updated while it ran. */
  | { readonly kind: "extensionChanged" };

/** The editor and the workspace. */
export type EditorFailure =
  | { readonly kind: "busy" }
  | { readonly kind: "emptyMessage" }
  | { readonly kind: "noEditor" }
  | { readonly kind: "emptySelection" }
  | { readonly kind: "untrustedWorkspace" }
  | { readonly kind: "noProposal" }
  | { readonly kind: "noEdit" }
  | { readonly kind: "answerIncomplete" }
  | {
      readonly kind: "editNotApplicable";
      readonly problems: readonly EditProblem[];
      /** A short request that may make it fit. */
      readonly repair?: RepairOffer;
    }
  /** The files are as the edit would leave them. */
  | { readonly kind: "alreadyApplied" }
  | { readonly kind: "readOnly"; readonly path: string }
  | { readonly kind: "fileMissing"; readonly path: string }
  | {
      readonly kind: "fileNotAllowed";
      readonly path: string;
      readonly reason: PathRefusal;
      /** What the model wrote for the file, for the user to copy. */
      readonly text?: string;
    }
  | { readonly kind: "documentChanged"; readonly path: string }
  | { readonly kind: "applyRefused"; readonly path: string }
  /** An edit was applied only in part, and these files could not be restored. */
  | { readonly kind: "notRestored"; readonly paths: readonly string[] }
  /** The cursor is not in any of the changes, and there are several. */
  | { readonly kind: "noChangeAtCursor" }
  /** These files have to be accepted one by one. */
  | { readonly kind: "guardedLeft"; readonly paths: readonly string[] }
  | { readonly kind: "nothingToUndo" }
  /** These files were changed after the edit that is to be undone. */
  | { readonly kind: "undoConflict"; readonly paths: readonly string[] };

/** What a repair would likely take; undefined where that is not known. */
export interface RepairOffer {
  readonly answerId: string;
  readonly tokens: number | undefined;
  /** Picodollars as decimal text. */
  readonly cost: string | undefined;
}

/** What cannot be sent with a message. `name`: as the user knows it. */
export type ContextFailure =
  | { readonly kind: "contextRefused"; readonly name: string; readonly reason: ContextRefusal }
  /** `able`: a model that takes pictures. */
  | {
      readonly kind: "noImages";
      readonly name: string;
      readonly model: string;
      readonly able?: string;
    };

export type ContextRefusal =
  | "outsideWorkspace"
  | "git"
  | "missing"
  | "notText"
  | "empty"
  | "tooLarge"
  | "restrictedMode"
  | "noProblems"
  | "noRepository"
  | "noChanges"
  | "noCommand"
  | "notAnImage"
  | "declined";

/** Conversations, and the files that they are exported to and imported from. */
export type HistoryFailure =
  | { readonly kind: "conversationGone" }
  /** The question or the answer is not in the conversation that is open. */
  | { readonly kind: "turnGone" }
  /** There is nothing in it to export. */
  | { readonly kind: "emptyConversation" }
  | { readonly kind: "fileExists"; readonly path: string }
  | { readonly kind: "fileNotWritten"; readonly path: string; readonly detail: string }
  | { readonly kind: "fileNotRead"; readonly path: string; readonly detail: string }
  | { readonly kind: "notImported"; readonly path: string; readonly reason: ImportRefusal };

/** Why a file is not imported. `newer`: by a newer version of the extension than this one. */
export type ImportRefusal = "foreign" | "newer" | "damaged" | "tooLarge";

export type StoreFailure =
  | { readonly kind: "storeUnavailable"; readonly detail: string }
  | { readonly kind: "storeTooNew" };

/** Why a path that the model named may not be touched. */
export type PathRefusal =
  | "outsideWorkspace"
  | "notOffered"
  | "git"
  | "editorConfiguration"
  /** Some file systems refuse the name, or resolve it to another file. */
  | "badName"
  /** A file already exists where one would be created. */
  | "exists"
  /** Several files, or folders of the workspace, go by this name. */
  | "ambiguous";

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
