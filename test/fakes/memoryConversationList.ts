import type { Conversation } from "../../src/core/chat/conversation";
import type { ConversationList, ConversationSummary } from "../../src/core/chat/conversations";
import { titleOf } from "../../src/core/chat/title";
import { fail, succeed } from "../../src/core/dispatch/failure";
import type { Failure, Result } from "../../src/core/dispatch/failure";
import type { MemoryConversations } from "./memoryConversations";

/** The list of what `MemoryConversations` keeps. Its search is for words in the texts, as they stand there. */
export class MemoryConversationList implements ConversationList {
  readonly summaries = new Map<string, Partial<ConversationSummary>>();
  readonly queries: string[] = [];
  /** While set, every call fails with this. */
  refusal: Failure | undefined;
  readonly #store: MemoryConversations;
  readonly #removed = new Map<string, Conversation>();

  constructor(store: MemoryConversations) {
    this.#store = store;
  }

  async list(query: string, most: number): Promise<Result<readonly ConversationSummary[]>> {
    await Promise.resolve();
    this.queries.push(query);
    if (this.refusal !== undefined) return fail(this.refusal);
    const found = [...this.#store.kept.values()].filter(({ turns }) =>
      turns.some(({ text }) => text.includes(query)),
    );
    const listed = found.map((conversation) => this.#summary(conversation));
    return succeed(listed.toSorted((a, b) => Number(b.pinned) - Number(a.pinned)).slice(0, most));
  }

  rename(id: string, title: string | undefined): Promise<Result<void>> {
    return this.#change(id, ({ title: _old, ...rest }) => {
      this.#store.kept.set(id, { ...rest, ...(title !== undefined && { title }) });
    });
  }

  pin(id: string, pinned: boolean): Promise<Result<void>> {
    return this.#change(id, () => this.summaries.set(id, { ...this.summaries.get(id), pinned }));
  }

  remove(id: string): Promise<Result<void>> {
    return this.#change(id, (conversation) => {
      this.#removed.set(id, conversation);
      this.#store.kept.delete(id);
    });
  }

  async restore(id: string): Promise<Result<void>> {
    await Promise.resolve();
    const conversation = this.#removed.get(id);
    if (conversation === undefined) return fail({ kind: "conversationGone" });
    this.#store.kept.set(id, conversation);
    return succeed(undefined);
  }

  async add(conversation: Conversation): Promise<Result<void>> {
    await Promise.resolve();
    if (this.refusal !== undefined) return fail(this.refusal);
    this.#store.kept.set(conversation.id, conversation);
    return succeed(undefined);
  }

  async #change(id: string, act: (conversation: Conversation) => void): Promise<Result<void>> {
    await Promise.resolve();
    const conversation = this.#store.kept.get(id);
    if (this.refusal !== undefined) return fail(this.refusal);
    if (conversation === undefined) return fail({ kind: "conversationGone" });
    act(conversation);
    return succeed(undefined);
  }

  #summary(conversation: Conversation): ConversationSummary {
    const { id, createdAt, workspace, turns } = conversation;
    return {
      id,
      title: titleOf(conversation),
      pinned: false,
      updatedAt: createdAt,
      turns: turns.length,
      workspace,
      ...this.summaries.get(id),
    };
  }
}
