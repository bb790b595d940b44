import type { DatabaseSync } from "node:sqlite";
import type { Conversation, Turn } from "../core/chat/conversation";
import { decodeTurn, encodeTurn } from "./turnRow";

/** The operations on conversations in an open database. All throw SQLite's errors. */
export interface ConversationTable {
  createConversation(id: string, createdAt: number): void;
  saveTurn(conversationId: string, position: number, turn: Turn): void;
  loadConversation(id: string): Conversation | undefined;
}

export function createConversationTable(database: DatabaseSync): ConversationTable {
  return {
    createConversation(id, createdAt) {
      database
        .prepare("INSERT INTO conversations (id, created_at) VALUES (?, ?)")
        .run(id, createdAt);
    },
    saveTurn(conversationId, position, turn) {
      const { id, role, text, reasoning, details } = encodeTurn(turn);
      database
        .prepare(
          `INSERT INTO turns (id, conversation_id, position, role, text, reasoning, details)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET
             text = excluded.text, reasoning = excluded.reasoning, details = excluded.details`,
        )
        .run(id, conversationId, position, role, text, reasoning, details);
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
