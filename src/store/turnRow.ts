import type { AnswerTurn, Summary, Turn, UserTurn } from "../core/chat/conversation";
import type { WrittenTurn } from "../core/chat/turnCodec";
import type { Settlement } from "../core/dispatch/ledger";
import { readContext } from "./storedContext";
import {
  isLines,
  isListOf,
  isSettlement,
  isStatus,
  readCount,
  readString,
  readTask,
} from "./storedDetails";
import type { StoredSettlement } from "./storedDetails";
import { isCount, isRecord, isText, parseRecord } from "../core/unchecked";
import type { Unchecked } from "../core/unchecked";

type UserDetails = Omit<UserTurn, "id" | "role" | "text" | "summary"> & {
  readonly summary?: StoredSummary;
};
type StoredSummary = Omit<Summary, "settlement"> & { readonly settlement?: StoredSettlement };
type AnswerDetails = Omit<AnswerTurn, "id" | "role" | "text" | "reasoning" | "settlement"> & {
  readonly settlement?: StoredSettlement;
};

export function encodeTurn(turn: Turn): WrittenTurn {
  if (turn.role === "user") {
    const { id, role, text, summary, ...rest } = turn;
    const details: UserDetails = {
      ...rest,
      ...(summary && { summary: encodeSummary(summary) }),
    };
    return {
      id,
      role,
      text,
      reasoning: "",
      details: JSON.stringify(details),
    };
  }
  const { id, role, text, reasoning, settlement, ...rest } = turn;
  const details: AnswerDetails = {
    ...rest,
    ...(settlement && { settlement: encodeSettlement(settlement) }),
  };
  return { id, role, text, reasoning, details: JSON.stringify(details) };
}

/** Details that cannot be read cost the turn its details, never its text. */
export function decodeTurn(row: WrittenTurn): Turn {
  const { id, text, reasoning } = row;
  const details = parseRecord(row.details);
  if (row.role === "user") return { role: "user", id, text, ...userDetails(details) };
  return { role: "answer", id, text, reasoning, ...answerDetails(details) };
}

/** The turn in a row of `turns`, or in some of its columns; a text that is missing is read as empty. */
export function turnIn(row: Unchecked): Turn {
  return decodeTurn({
    id: readString(row["id"]),
    role: readString(row["role"]),
    text: readString(row["text"]),
    reasoning: readString(row["reasoning"]),
    details: readString(row["details"]),
  });
}

function userDetails(details: Unchecked): Omit<UserTurn, "id" | "role" | "text"> {
  const { attachments, focus, after } = details;
  const summary = readSummary(details["summary"]);
  return {
    task: readTask(details["task"]),
    attachments: readContext(attachments),
    ...(isLines(focus) && { focus: { startLine: focus.startLine, endLine: focus.endLine } }),
    ...(typeof after === "string" && { after }),
    ...(summary && { summary }),
  };
}

function answerDetails(details: Unchecked): Omit<AnswerTurn, "id" | "role" | "text" | "reasoning"> {
  const { status, settlement } = details;
  return {
    questionId: readString(details["questionId"]),
    task: readTask(details["task"]),
    model: readString(details["model"]),
    status: isStatus(status) ? status : { kind: "failed", failure: { kind: "interrupted" } },
    turnsLeftOut: readCount(details["turnsLeftOut"]),
    linesLeftOut: readCount(details["linesLeftOut"]),
    ...(isSettlement(settlement) && { settlement: decodeSettlement(settlement) }),
  };
}

function encodeSummary({ settlement, ...rest }: Summary): StoredSummary {
  return { ...rest, ...(settlement && { settlement: encodeSettlement(settlement) }) };
}

/** Undefined if it cannot be read; the turns that it stands for are still there. */
function readSummary(value: unknown): Summary | undefined {
  if (!isRecord(value)) return undefined;
  const { text, model, turnIds, unread, settlement } = value;
  if (typeof text !== "string" || !isListOf(turnIds, isText)) return undefined;
  return {
    text,
    model: readString(model),
    turnIds,
    ...(isCount(unread) && unread > 0 && { unread }),
    ...(isSettlement(settlement) && { settlement: decodeSettlement(settlement) }),
  };
}

function encodeSettlement({ cost, ...rest }: Settlement): StoredSettlement {
  return cost === undefined ? rest : { ...rest, cost: cost.toString() };
}

function decodeSettlement({ cost, ...rest }: StoredSettlement): Settlement {
  const known = cost !== undefined && /^-?\d+$/.test(cost);
  return { ...rest, cost: known ? BigInt(cost) : undefined };
}
