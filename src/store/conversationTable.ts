import type { DatabaseSync } from "node:sqlite";
import type { Conversation, Turn } from "../core/chat/conversation";
import { inTransaction } from "./database";
import { decodeTurn, encodeTurn } from "./turnRow";

/** The operations on conversations in an open database. All throw SQLite's errors. */
export interface ConversationTable {
  createConversation(id: string, createdAt: number): void;
  /** A conversation that is not there any more, since all data were deleted, begins anew with the turn. */
  saveTurn(conversationId: string, position: number, turn: Turn): void;
  loadConversation(id: string): Conversation | undefined;
}

/** `now` in milliseconds since the epoch: conversations are forgotten by when they were last written to. */
export function createConversationTable(
  database: DatabaseSync,
  now: () => number,
): ConversationTable {
  return {
    createConversation: (id, createdAt) => addConversation(database, id, createdAt),
    saveTurn(conversationId, position, turn) {
      inTransaction(database, () => {
        addConversation(database, conversationId, now());
        insertTurn(database, conversationId, position, turn);
        database
          .prepare("UPDATE conversations SET saved_at = ? WHERE id = ?")
          .run(now(), conversationId);
      });
    },
    loadConversation(id) {
      const row = database.prepare("SELECT created_at FROM conversations WHERE id = ?").get(id);
      if (row === undefined) return undefined;
      const turns = database
        .prepare("SELECT * FROM turns WHERE conversation_id = ? ORDER BY position")
        .all(id)
        .map((turn) =>
          decodeTurn({
            id: String(turn["id"]),
            role: String(turn["role"]),
            text: String(turn["text"]),
            reasoning: String(turn["reasoning"]),
            details: String(turn["details"]),
          }),
        );
      return { id, createdAt: Number(row["created_at"]), turns };
    },
  };
}

function addConversation(database: DatabaseSync, id: string, createdAt: number): void {
  database
    .prepare("INSERT OR IGNORE INTO conversations (id, created_at, saved_at) VALUES (?, ?, ?)")
    .run(id, createdAt, createdAt);
}

function insertTurn(
  database: DatabaseSync,
  conversationId: string,
  position: number,
  turn: Turn,
): void {
  const { id, role, text, reasoning, details } = encodeTurn(turn);
  database
    .prepare(
      `INSERT INTO turns (id, conversation_id, position, role, text, reasoning, details)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         text = excluded.text, reasoning = excluded.reasoning, details = excluded.details`,
    )
    .run(id, conversationId, position, role, text, reasoning, details);
}
