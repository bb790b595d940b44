import type { ChatStatus, HostMessage, TurnView } from "../src/protocol/chatMessages";

/** What the page draws; a copy of the host's state, which it never changes by itself. */
export interface ChatState {
  readonly turns: readonly TurnView[];
  readonly status: ChatStatus | undefined;
  readonly announcement: string;
  /** Counts the host's wishes to have the message box focused. */
  readonly focusRequests: number;
}

export const initialState: ChatState = {
  turns: [],
  status: undefined,
  announcement: "",
  focusRequests: 0,
};

export function reduce(state: ChatState, message: HostMessage): ChatState {
  switch (message.type) {
    case "conversation":
      return { ...state, turns: message.turns, status: message.status };
    case "turn":
      return { ...state, turns: putTurn(state.turns, message.turn) };
    case "append":
      return { ...state, turns: appendText(state.turns, message) };
    case "status":
      return { ...state, status: message.status };
    case "announce":
      return { ...state, announcement: message.text };
    case "focus":
      return { ...state, focusRequests: state.focusRequests + 1 };
  }
}

function putTurn(turns: readonly TurnView[], turn: TurnView): readonly TurnView[] {
  const at = turns.findIndex(({ id }) => id === turn.id);
  return at === -1 ? [...turns, turn] : turns.with(at, turn);
}

function appendText(
  turns: readonly TurnView[],
  { turnId, field, offset, text }: Extract<HostMessage, { type: "append" }>,
): readonly TurnView[] {
  const at = turns.findIndex(({ id }) => id === turnId);
  const turn = turns[at];
  if (turn?.role !== "answer") return turns;
  // Text that a snapshot already brought comes at an offset before the end: it replaces itself.
  return turns.with(at, { ...turn, [field]: turn[field].slice(0, offset) + text });
}
