import type { DatabaseSync } from "node:sqlite";
import type { Conversation, Turn } from "../core/chat/conversation";
import { inTransaction } from "./database";
import { encodeTurn, turnIn } from "./turnRow";

/** The operations on single conversations in an open database. All throw SQLite's errors. */
export interface ConversationTable {
  createConversation(id: string, createdAt: number, workspace?: string): void;
  /** If the conversation is gone because all data were deleted, it is created again with this turn. */
  saveTurn(conversationId: string, position: number, turn: Turn): void;
  loadConversation(id: string): Conversation | undefined;
  /** Adds all of it in one step. */
  addConversation(conversation: Conversation): void;
}

/** `now` in milliseconds since the epoch: conversations are forgotten by when they were last written to. */
export function createConversationTable(
  database: DatabaseSync,
  now: () => number,
): ConversationTable {
  return {
    createConversation(id, createdAt, workspace = "") {
      insertConversation(database, { id, createdAt, workspace }, createdAt);
    },
    saveTurn(conversationId, position, turn) {
      inTransaction(database, () => {
        const begun = { id: conversationId, createdAt: now(), workspace: "" };
        insertConversation(database, begun, now());
        if (isNew(database, turn)) restoreFor(database, conversationId);
        putTurn(database, conversationId, position, turn);
        database
          .prepare("UPDATE conversations SET saved_at = ? WHERE id = ?")
          .run(now(), conversationId);
      });
    },
    loadConversation: (id) => readConversation(database, id),
    addConversation(conversation) {
      inTransaction(database, () => {
        insertConversation(database, conversation, now());
        for (const [position, turn] of conversation.turns.entries())
          putTurn(database, conversation.id, position, turn);
      });
    },
  };
}

function readConversation(database: DatabaseSync, id: string): Conversation | undefined {
  const row = database
    .prepare("SELECT * FROM conversations WHERE id = ? AND deleted_at IS NULL")
    .get(id);
  if (row === undefined) return undefined;
  const { title } = row;
  return {
    id,
    createdAt: Number(row["created_at"]),
    workspace: String(row["workspace"]),
    ...(typeof title === "string" && { title }),
    turns: readTurns(database, id),
  };
}

function readTurns(database: DatabaseSync, conversationId: string): Turn[] {
  // Windows of earlier versions may give one position twice.
  return database
    .prepare("SELECT * FROM turns WHERE conversation_id = ? ORDER BY position, rowid")
    .all(conversationId)
    .map(turnIn);
}

function insertConversation(
  database: DatabaseSync,
  { id, createdAt, workspace, title }: Omit<Conversation, "turns">,
  savedAt: number,
): void {
  database
    .prepare(
      `INSERT OR IGNORE INTO conversations (id, created_at, saved_at, workspace, title)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(id, createdAt, savedAt, workspace, title ?? null);
}

function isNew(database: DatabaseSync, { id }: Turn): boolean {
  return database.prepare("SELECT 1 FROM turns WHERE id = ?").get(id) === undefined;
}

/** Whoever continues a conversation wants to keep it, even if it was removed in another window. */
function restoreFor(database: DatabaseSync, conversationId: string): void {
  database
    .prepare("UPDATE conversations SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT NULL")
    .run(conversationId);
}

/** A new turn comes after all existing ones: another window may have the same conversation open. */
function putTurn(
  database: DatabaseSync,
  conversationId: string,
  position: number,
  turn: Turn,
): void {
  const { id, role, text, reasoning, details } = encodeTurn(turn);
  database
    .prepare(
      `INSERT INTO turns (id, conversation_id, position, role, text, reasoning, details)
       VALUES (?1, ?2,
         max(?3, coalesce((SELECT max(position) + 1 FROM turns WHERE conversation_id = ?2), 0)),
         ?4, ?5, ?6, ?7)
       ON CONFLICT (id) DO UPDATE SET
         text = excluded.text, reasoning = excluded.reasoning, details = excluded.details`,
    )
    .run(id, conversationId, position, role, text, reasoning, details);
}
