import type { Result } from "../dispatch/failure";
import type { Spend } from "../dispatch/ledger";
import type { Conversation, Turn } from "./conversation";
import type { ConversationTitle } from "./title";

/** Port: conversations that survive reloads and crashes. Never throws. */
export interface Conversations {
  create(id: string, createdAt: number, workspace: string): Promise<Result<void>>;
  /**
   * Inserts the turn, or replaces the one with its id. `position` orders turns within a conversation; if another
   * window has added turns of its own meanwhile, a new one comes after them.
   */
  saveTurn(conversationId: string, position: number, turn: Turn): Promise<Result<void>>;
  /** Undefined: there is none with this id, or it was removed. */
  load(id: string): Promise<Result<Conversation | undefined>>;
}

/** Port: all conversations of the machine, in any workspace. Never throws. */
export interface ConversationList {
  /**
   * Those with at least one turn, the pinned ones first, then the most recently written. With a query: those in which each
   * of its words begins some word of the title, the questions, the answers or the names of attached files.
   */
  list(query: string, most: number): Promise<Result<readonly ConversationSummary[]>>;
  /** Undefined goes back to the title from the first question. This and the next three fail with `conversationGone`. */
  rename(id: string, title: string | undefined): Promise<Result<void>>;
  pin(id: string, pinned: boolean): Promise<Result<void>>;
  /** Takes it off the list; it can be restored until `StoredData.tidy` removes it for good. */
  remove(id: string): Promise<Result<void>>;
  restore(id: string): Promise<Result<void>>;
  /** Adds a whole conversation, or nothing. Books no spending. */
  add(conversation: Conversation): Promise<Result<void>>;
}

export interface ConversationSummary {
  readonly id: string;
  readonly title: ConversationTitle;
  readonly pinned: boolean;
  /** When it was last written to, in milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly turns: number;
  readonly workspace: string;
  /** What its settled requests have cost; absent if there were none. */
  readonly spend?: Spend;
  /** The words around the first match of a query, unless that is in the title. */
  readonly snippet?: string;
}
