import type { Result } from "../dispatch/failure";
import type { Conversation, Turn } from "./conversation";

/** Port: conversations that survive reloads and crashes. Never throws. */
export interface Conversations {
  create(id: string, createdAt: number): Promise<Result<void>>;
  /** Inserts the turn, or replaces the one with its id. `position` orders turns within a conversation. */
  saveTurn(conversationId: string, position: number, turn: Turn): Promise<Result<void>>;
  load(id: string): Promise<Result<Conversation | undefined>>;
}
