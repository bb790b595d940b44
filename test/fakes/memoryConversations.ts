import type { Conversation, Turn } from "../../src/core/chat/conversation";
import type { Conversations } from "../../src/core/chat/conversations";
import { fail, succeed } from "../../src/core/dispatch/failure";
import type { Failure, Result } from "../../src/core/dispatch/failure";

/** Conversations in memory. Each call takes a turn of the event loop's microtasks, as a real store does. */
export class MemoryConversations implements Conversations {
  readonly kept = new Map<string, Conversation>();
  /** Every call in the order in which it was carried out: `create c`, `save c 0 user`. */
  readonly calls: string[] = [];
  /** While set, every call fails with this. */
  refusal: Failure | undefined;

  async create(id: string, createdAt: number, workspace: string): Promise<Result<void>> {
    await Promise.resolve();
    if (this.refusal !== undefined) return fail(this.refusal);
    if (this.kept.has(id)) throw new Error(`created twice: ${id}`);
    this.calls.push(`create ${id}`);
    this.kept.set(id, { id, createdAt, workspace, turns: [] });
    return succeed(undefined);
  }

  async saveTurn(conversationId: string, position: number, turn: Turn): Promise<Result<void>> {
    await Promise.resolve();
    if (this.refusal !== undefined) return fail(this.refusal);
    const conversation = this.kept.get(conversationId);
    if (conversation === undefined) throw new Error(`no conversation ${conversationId}`);
    this.calls.push(`save ${conversationId} ${position} ${turn.role}`);
    const turns = conversation.turns.toSpliced(position, 1, turn);
    this.kept.set(conversationId, { ...conversation, turns });
    return succeed(undefined);
  }

  async load(id: string): Promise<Result<Conversation | undefined>> {
    await Promise.resolve();
    return this.refusal === undefined ? succeed(this.kept.get(id)) : fail(this.refusal);
  }
}
