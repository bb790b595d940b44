import type { AnswerTurn, Turn, UserTurn } from "../core/chat/conversation";
import type { Settlement } from "../core/dispatch/ledger";

/** A turn as it lies in the database: what is searched in columns, the rest as JSON. */
export interface TurnRow {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly reasoning: string;
  readonly details: string;
}

type UserDetails = Omit<UserTurn, "id" | "role" | "text">;
type AnswerDetails = Omit<AnswerTurn, "id" | "role" | "text" | "reasoning" | "settlement"> & {
  readonly settlement?: StoredSettlement;
};
/** JSON has no bigint: picodollars are a decimal string. */
type StoredSettlement = Omit<Settlement, "cost"> & { readonly cost?: string };

export function encodeTurn(turn: Turn): TurnRow {
  if (turn.role === "user") {
    const { id, role, text, ...details } = turn;
    return {
      id,
      role,
      text,
      reasoning: "",
      details: JSON.stringify(details satisfies UserDetails),
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
export function decodeTurn(row: TurnRow): Turn {
  const { id, text, reasoning } = row;
  if (row.role === "user") {
    const details = parseDetails<UserDetails>(row.details, { task: "chat", attachments: [] });
    return { role: "user", id, text, ...details };
  }
  const { settlement, ...details } = parseDetails<AnswerDetails>(row.details, {
    questionId: "",
    task: "chat",
    model: "",
    status: { kind: "failed", failure: { kind: "interrupted" } },
    turnsLeftOut: 0,
  });
  const turn: AnswerTurn = { role: "answer", id, text, reasoning, ...details };
  return settlement === undefined ? turn : { ...turn, settlement: decodeSettlement(settlement) };
}

function parseDetails<T extends object>(json: string, fallback: T): T {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === "object" && parsed !== null ? { ...fallback, ...parsed } : fallback;
  } catch {
    return fallback;
  }
}

function encodeSettlement({ cost, ...rest }: Settlement): StoredSettlement {
  return cost === undefined ? rest : { ...rest, cost: cost.toString() };
}

function decodeSettlement({ cost, ...rest }: StoredSettlement): Settlement {
  const known = cost !== undefined && /^-?\d+$/.test(cost);
  return { ...rest, cost: known ? BigInt(cost) : undefined };
}
