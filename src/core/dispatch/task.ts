import type { RequestClass } from "../limits/requestClass";
import type { Model } from "../models/model";
import type { ChatMessage, ReasoningEffort, ServiceTier } from "./chatModel";
import type { WorkKind } from "./ledger";

/** What a caller wants done. The dispatcher decides when it goes and how much it may answer. */
export interface DispatchTask {
  readonly kind: WorkKind;
  readonly conversationId: string;
  readonly model: Model;
  readonly messages: readonly ChatMessage[];
  readonly reasoningEffort?: ReasoningEffort;
  /** Output tokens that the task can use, reasoning included. */
  readonly outputNeed: number;
  /** Under this an answer is worthless: gpt-oss spends a small cap on reasoning and answers nothing. */
  readonly outputFloor: number;
  readonly serviceTier?: ServiceTier;
  /** Absent: that of its kind. */
  readonly requestClass?: RequestClass;
  /** The second provider's model, if the user has agreed to it for this conversation. */
  readonly fallback?: Model;
}

/** Who goes first when the limits have no room for all. */
export function requestClassOf({ kind, requestClass }: DispatchTask): RequestClass {
  return requestClass ?? (asksForEdit(kind) ? "edit" : "interactive");
}

/** Whether the answer is to be an edit of files, not words. */
export function asksForEdit(kind: WorkKind): boolean {
  switch (kind) {
    case "edit":
    case "fix":
    case "document":
    case "tests":
      return true;
    case "chat":
    case "explain":
    case "summary":
      return false;
  }
}
