import { succeed } from "../dispatch/failure";
import type { Failure, Result } from "../dispatch/failure";
import type { AnswerTurn, Conversation, Turn } from "./conversation";
import type { Conversations } from "./conversations";

export type ThreadChange =
  /** A turn was added at the end, or changed in place. */
  | { readonly kind: "turn"; readonly turn: Turn }
  /** Text came in; `offset` is where it goes, so that a late reader knows what it has already. */
  | {
      readonly kind: "appended";
      readonly field: "text" | "reasoning";
      readonly turnId: string;
      readonly offset: number;
      readonly text: string;
    }
  /** The conversation could not be saved; it goes on in memory, and the next save catches up. */
  | { readonly kind: "notSaved"; readonly failure: Failure };

/** A conversation in memory, which keeps its copy in the store up to date. */
export interface Thread {
  conversation(): Conversation;
  /** Adds the turn, or replaces the one with its id; shows and saves it. */
  put(turn: Turn): void;
  /** Saves a turn that has grown; each addition has been shown. */
  keep(turn: AnswerTurn): void;
  /** Replaces the turn with one that has more text at its end; only the addition is shown, nothing is saved. */
  append(
    turn: AnswerTurn,
    added: { readonly kind: "text" | "reasoning"; readonly text: string },
  ): void;
  /** Resolves when everything that was put is saved, or has been reported as not saved. */
  saved(): Promise<void>;
}

export function createThread(
  store: Conversations,
  initial: Conversation,
  options: { readonly stored: boolean; readonly onChange: (change: ThreadChange) => void },
): Thread {
  const { onChange } = options;
  let { stored } = options;
  let conversation = initial;
  let saving: Promise<void> = Promise.resolve();
  let failing = false;
  /** Ids of turns that the store lacks, or has only in an older form. */
  const due = new Set<string>();

  function replace(turn: Turn): void {
    const known = conversation.turns.findLastIndex((other) => other.id === turn.id);
    const position = known === -1 ? conversation.turns.length : known;
    conversation = { ...conversation, turns: conversation.turns.toSpliced(position, 1, turn) };
  }

  async function create(): Promise<Result<void>> {
    const created = stored
      ? succeed(undefined)
      : await store.create(conversation.id, conversation.createdAt, conversation.workspace);
    stored = created.ok;
    return created;
  }

  /** Saves each due turn as it is now; one that cannot be saved stays due. */
  async function saveDue(): Promise<Result<void>> {
    const created = await create();
    if (!created.ok) return created;
    for (let position = 0; position < conversation.turns.length; position++) {
      const turn = conversation.turns[position];
      if (turn === undefined || !due.delete(turn.id)) continue;
      const saved = await store.saveTurn(conversation.id, position, turn);
      if (saved.ok) continue;
      due.add(turn.id);
      return saved;
    }
    return succeed(undefined);
  }

  async function save(): Promise<void> {
    if (due.size === 0) return;
    const saved = await saveDue();
    // Reported once, not for each attempt.
    if (!saved.ok && !failing) onChange({ kind: "notSaved", failure: saved.failure });
    failing = !saved.ok;
  }

  function saveInTurn({ id }: Turn): void {
    due.add(id);
    // One after the other: the conversation's row must exist before its turns.
    saving = saving.then(save);
  }

  return {
    conversation: () => conversation,
    put(turn) {
      replace(turn);
      onChange({ kind: "turn", turn });
      saveInTurn(turn);
    },
    keep: saveInTurn,
    append(turn, { kind, text }) {
      replace(turn);
      const offset = turn[kind].length - text.length;
      onChange({ kind: "appended", field: kind, turnId: turn.id, offset, text });
    },
    saved: () => saving,
  };
}
