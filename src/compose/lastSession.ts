import type { Chat } from "../core/chat/chat";
import type { Conversations } from "../core/chat/conversations";
import type { ContextBoard } from "../host/context/contextBoard";
import type { KeptState } from "../host/keptState";

/** Names of the notes in which a window remembers its conversation and the question that the shown branch ends with. */
const conversationKey = "conversationId";
const questionKey = "shownQuestion";

/** The id of the window's conversation before the chat is loaded; "" if none is known. */
export function lastConversationId(state: Pick<KeptState, "get">): string {
  const id = state.get(conversationKey);
  return typeof id === "string" ? id : "";
}

/** Restores what the window remembers, with the first call that finds the store readable. */
export function createRestore(parts: {
  readonly state: KeptState;
  readonly chat: Chat;
  readonly board: ContextBoard;
  readonly conversations: Conversations;
}): () => Promise<void> {
  let restored: Promise<void> | undefined;
  return async () => {
    if (!(await parts.state.restore())) return;
    restored ??= keepConversation(parts).then(() => parts.board.restore());
    await restored;
  };
}

/** Restores the last conversation and its branch, and from then on remembers which are shown. */
async function keepConversation({
  state,
  chat,
  conversations,
}: Parameters<typeof createRestore>[0]): Promise<void> {
  const id = lastConversationId(state);
  const question = state.get(questionKey);
  const loaded = id === "" ? undefined : await conversations.load(id);
  if (loaded?.ok && loaded.value !== undefined && chat.conversation().turns.length === 0) {
    chat.open(loaded.value);
    const shown = loaded.value.turns.find((turn) => turn.id === question);
    if (shown !== undefined) chat.showVersion(shown.id);
  }
  // Not while it is empty: a store that was locked at the start must not make the window forget its last conversation.
  if (chat.conversation().turns.length > 0) rememberShown();
  chat.onChange(({ kind }) => {
    if (kind === "conversation" || kind === "turn") rememberShown();
  });

  function rememberShown(): void {
    remember(conversationKey, chat.conversation().id);
    remember(questionKey, chat.shown().findLast(({ role }) => role === "user")?.id);
  }

  function remember(name: string, value: string | undefined): void {
    if (state.get(name) !== value) void state.update(name, value);
  }
}
