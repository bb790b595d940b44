import type { AnswerStatus } from "../core/chat/conversation";
import type { CodeExcerpt, Lines } from "../core/context/codeExcerpt";
import type { SmallerRequest } from "../core/dispatch/forecast";
import { taskKinds } from "../core/dispatch/ledger";
import type { Settlement, TaskKind } from "../core/dispatch/ledger";
import type { WaysOut } from "../core/dispatch/waysOut";
import { isCount, isRecord, isText } from "../core/unchecked";
import type { Unchecked } from "../core/unchecked";

/**
 * Checks of what was read back from the database. The file may have been written by another version of the
 * extension, or damaged: one bad row must not keep a conversation from opening.
 */

/** JSON has no bigint: picodollars are a decimal string. */
export type StoredSettlement = Omit<Settlement, "cost"> & { readonly cost?: string };

export function readString(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function readCount(value: unknown): number {
  return isCount(value) ? value : 0;
}

/** A task that only another version of the extension knows is read as a chat. */
export function readTask(value: unknown): TaskKind {
  return taskKinds.find((task) => task === value) ?? "chat";
}

export function isExcerpt(value: unknown): value is CodeExcerpt {
  return (
    isLines(value) &&
    ["uri", "path", "languageId", "text"].every((name) => typeof value[name] === "string")
  );
}

export function isLines(value: unknown): value is Unchecked & Lines {
  return isRecord(value) && isCount(value["startLine"]) && isCount(value["endLine"]);
}

const finishReasons = new Set<unknown>(["stop", "length", "tool_calls", "content_filter"]);

export function isStatus(value: unknown): value is AnswerStatus {
  if (!isRecord(value)) return false;
  const { untilMs, finishReason, failure, waysOut } = value;
  switch (value["kind"]) {
    case "waiting":
      return untilMs === undefined || typeof untilMs === "number";
    case "streaming":
      return true;
    case "complete":
      return finishReasons.has(finishReason);
    case "failed":
      return isRecord(failure) && isText(failure["kind"]) && isOptionalWaysOut(waysOut);
    default:
      return false;
  }
}

function isOptionalWaysOut(value: unknown): value is WaysOut | undefined {
  if (value === undefined) return true;
  if (!isRecord(value) || !isListOf(value["models"], isText)) return false;
  const { smaller, fallback } = value;
  return (
    (fallback === undefined || isText(fallback)) && (smaller === undefined || isSmaller(smaller))
  );
}

function isSmaller(value: unknown): value is SmallerRequest {
  if (!isRecord(value)) return false;
  switch (value["kind"]) {
    case "shorterAnswer":
      return isCount(value["maxCompletionTokens"]);
    case "shorterPrompt":
      return isCount(value["promptTokens"]);
    default:
      return false;
  }
}

export function isSettlement(value: unknown): value is StoredSettlement {
  if (!isRecord(value)) return false;
  const { usage, cost, estimated, timeToFirstTokenMs, durationMs } = value;
  const counts = ["promptTokens", "cachedTokens", "completionTokens", "reasoningTokens"];
  return (
    isRecord(usage) &&
    counts.every((name) => isCount(usage[name])) &&
    (cost === undefined || typeof cost === "string") &&
    typeof estimated === "boolean" &&
    (timeToFirstTokenMs === undefined || typeof timeToFirstTokenMs === "number") &&
    typeof durationMs === "number"
  );
}

export function isListOf<T>(
  value: unknown,
  isEntry: (entry: unknown) => entry is T,
): value is readonly T[] {
  return Array.isArray(value) && value.every(isEntry);
}
